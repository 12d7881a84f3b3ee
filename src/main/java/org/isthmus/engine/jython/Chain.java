// isthmus.chain: the rest of the filter chain, as a WSGI application.
package org.isthmus.engine.jython;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.services.ChainEnviron;
import org.isthmus.services.ChainRequest;
import org.isthmus.services.ChainResponse;
import org.isthmus.services.ChainSink;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyType;
import org.python.core.Untraversable;

/**
 * Runs Java filters and a servlet within the call of an application.
 *
 * <p>What fits into the response's buffer is returned as a list. A larger or flushed response goes
 * through the write callable, so it is not held back (PEP 3333, "The write() Callable").
 */
@Untraversable
final class Chain extends PyObject {
  private static final PyType TYPE = PyType.fromClass(Chain.class);

  private final Exchange exchange;
  private boolean called;

  Chain(Exchange exchange) {
    super(TYPE);
    this.exchange = exchange;
  }

  @Override
  public boolean isCallable() {
    return true;
  }

  @Override
  public PyObject __call__(PyObject[] given, String[] keywords) {
    if (given.length != 2 || keywords.length > 0) {
      throw Py.TypeError("isthmus.chain takes environ and start_response");
    }
    try {
      begin();
      return called(given[0], given[1]);
    } catch (WsgiException e) {
      throw PythonExceptions.raised(e);
    }
  }

  private void begin() {
    if (exchange.isEnded()) {
      throw new WsgiException(Rule.SERVICE_ENDED);
    }
    if (!exchange.isOnItsThread()) {
      throw new WsgiException(Rule.SERVICE_THREAD);
    }
    if (called) {
      throw new WsgiException(Rule.CHAIN_TWICE);
    }
    called = true;
  }

  private PyObject called(PyObject environ, PyObject startResponse) {
    PythonSide side = new PythonSide(exchange);
    ChainRequest request = ChainEnviron.request(exchange, shown(environ));
    request.setBody(ChainInput.of(environ, exchange, side));
    ChainResponse response =
        new ChainResponse(exchange.request(), exchange.response(), new Sink(side, startResponse));
    byte[] left;
    side.leave(); // to Java
    try {
      exchange.chain().doFilter(request, response.shown());
      left = response.finish();
    } catch (jakarta.servlet.ServletException e) {
      throw side.raised() == null ? Py.JavaError(e) : side.raised();
    } catch (IOException e) {
      throw side.raised() == null ? raised(e) : side.raised();
    } catch (RuntimeException e) {
      throw side.raised() == null ? e : side.raised();
    } finally {
      side.enter();
    }
    if (side.raised() != null) {
      throw side.raised(); // a servlet, or its writer, has caught it
    }
    if (response.isError()) {
      exchange.body().offerErrorPage(response.getStatus(), response.errorMessage());
    }
    PyList blocks = new PyList();
    if (left.length > 0) {
      blocks.append(PyValues.octets(left));
    }
    return blocks;
  }

  private PyException raised(IOException failure) {
    return exchange.isOfClient(failure)
        ? PythonExceptions.ioError(exchange.lost())
        : PythonExceptions.ioErrorOfJava(failure);
  }

  private static Map<String, String> shown(PyObject environ) {
    Map<String, String> shown = new HashMap<>();
    for (PyObject key : environ.invoke("keys").asIterable()) {
      String name = key.toString();
      if (key instanceof PyString && ChainEnviron.isShown(name)) {
        PyObject value = environ.__getitem__(key);
        if (value != Py.None) {
          shown.put(name, value.toString());
        }
      }
    }
    return shown;
  }

  @Override
  public String toString() {
    return "<isthmus.chain>";
  }

  /** Calls Python back from Java. */
  private static final class Sink implements ChainSink {
    private final PythonSide side;
    private final PyObject startResponse;
    private PyObject write;

    Sink(PythonSide side, PyObject startResponse) {
      this.side = side;
      this.startResponse = startResponse;
    }

    @Override
    public void start(String status, List<String> fields) throws IOException {
      PyList headers = new PyList();
      for (int i = 0; i < fields.size(); i += 2) {
        PyObject name = PyValues.strOf(fields.get(i));
        headers.append(new PyTuple(name, PyValues.strOf(fields.get(i + 1))));
      }
      write = side.call(() -> startResponse.__call__(PyValues.str(status), headers));
    }

    @Override
    public void write(byte[] octets) throws IOException {
      side.call(() -> write.__call__(PyValues.octets(octets)));
    }
  }
}
