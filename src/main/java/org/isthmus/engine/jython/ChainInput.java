// The request body for Java code: what Python has put into wsgi.input, or left in it.
package org.isthmus.engine.jython;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.services.PythonBody;
import org.python.core.Py;
import org.python.core.PyObject;

/** Reads a Python object. */
final class ChainInput implements PythonBody {
  private final PyObject input;
  private final PythonSide side;

  private ChainInput(PyObject input, PythonSide side) {
    this.input = input;
    this.side = side;
  }

  /** Returns null if the body is the container's own, which Python has not touched. */
  static ChainInput of(PyObject environ, Exchange exchange, PythonSide side) {
    PyObject input = environ.__finditem__("wsgi.input");
    boolean own = input instanceof Input && ((Input) input).isOf(exchange);
    return input == null || (own && exchange.input().isUntouched())
        ? null
        : new ChainInput(input, side);
  }

  @Override
  public byte[] read(int max) throws IOException {
    return side.call(() -> octets(max)).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String octets(int max) {
    PyObject given = input.invoke("read", Py.newInteger(max));
    boolean isStr = PyValues.isStr(given);
    if (!isStr || given.__len__() > max) {
      String what = isStr ? given.__len__() + " octets" : PyValues.described(given);
      throw PythonExceptions.raised(new WsgiException(Rule.CHAIN_INPUT, max, what));
    }
    return given.toString();
  }
}
