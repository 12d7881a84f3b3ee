// One call of an application: request in, result out, close() exactly once.
package org.isthmus.engine.jython;

import java.io.IOException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Admission;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.ResponseBody;
import org.python.core.Py;
import org.python.core.PyGenerator;
import org.python.core.PyIterator;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;
import org.python.core.ThreadState;

/** The server's side of PEP 3333 for one request. */
final class Call {
  private final JythonApp app;
  private final Exchange exchange;
  private final ResponseBody body;
  private Input input;
  private PythonRequest request;
  private boolean isOpen;

  Call(JythonApp app, Exchange exchange) {
    this.app = app;
    this.exchange = exchange;
    this.body = exchange.body();
  }

  Exchange exchange() {
    return exchange;
  }

  /** Returns wsgi.input, created on first access. */
  Input input() {
    if (input == null) {
      input = new Input(exchange);
    }
    return input;
  }

  /** Returns the container's request for Python code, created on first access. */
  PythonRequest request() {
    if (request == null) {
      exchange.keepUser(); // from its login and logout
      request = new PythonRequest(exchange.request(), body);
    }
    return request;
  }

  /** Runs the application and sends its response. */
  void run(ThreadState thread) throws IOException {
    Environ environ = null;
    PyObject dict = Py.None; // for a request that is refused before it has an environ
    PyObject result = null;
    long began = app.events.tick();
    try {
      Admission.check(exchange);
      environ = Environ.of(app.keys, this, app.isEnvironLazy);
      dict = environ.dict();
      app.events.started(dict);
      result = app.callable.__call__(thread, dict, new StartResponse(body));
      respond(result);
    } catch (Throwable raised) {
      Throwable failure = PythonExceptions.withCause(raised, exchange.lost());
      app.events.raised(dict, exchange, failure);
      app.failures.answer(exchange, failure);
    } finally {
      try {
        close(result, dict);
      } finally {
        exchange.endStream();
        app.events.finished(dict, exchange, began);
        if (environ == null) {
          exchange.giveBack(false);
        } else {
          environ.end();
        }
      }
    }
  }

  /** Ends the call, when its thread needs Python no more. */
  void end() {
    if (isOpen) {
      app.responses.remove(exchange);
    }
  }

  private void respond(PyObject result) throws IOException {
    if (result.getType() == PyList.TYPE) {
      sendAll(((PyList) result).getArray());
    } else if (result.getType() == PyTuple.TYPE) {
      sendAll(((PyTuple) result).getArray());
    } else if (result instanceof FileWrapper) {
      sendFile((FileWrapper) result);
    } else if (result == Py.None) {
      throw new WsgiException(Rule.RESULT_NONE);
    } else if (PyValues.isStr(result)) {
      app.failures.warn(exchange, Rule.RESULT_STR);
      sendAll(new PyObject[] {result});
    } else if (result instanceof PyUnicode) {
      throw new WsgiException(Rule.RESULT_UNICODE, PyValues.described(result));
    } else {
      sendLazily(result);
    }
  }

  /**
   * All blocks are known, so there is no flush between them. Subclasses of list or tuple are not
   * sent this way: they may iterate differently and have a close().
   */
  private void sendAll(PyObject[] blocks) throws IOException {
    String[] octets = new String[blocks.length];
    long length = 0;
    for (int i = 0; i < blocks.length; i++) {
      octets[i] = octets(blocks[i]);
      length += octets[i].length();
    }
    requireStarted();
    body.writeAll(octets, length);
  }

  private void sendFile(FileWrapper wrapper) throws IOException {
    requireStarted();
    if (!RealFile.send(exchange, wrapper.file())) {
      sendLazily(wrapper);
    }
  }

  /**
   * Each block is on the wire before the next one is requested (PEP 3333, "Buffering and
   * Streaming"). If the body is suppressed, the first non-empty block completes the head, and no
   * more are requested.
   */
  private void sendLazily(PyObject result) throws IOException {
    isOpen = true;
    app.responses.add(exchange);
    PyObject blocks = iterator(result);
    long length = -1;
    boolean single = !(result instanceof PyGenerator) && isSingle(result);
    for (PyObject block = blocks.__iternext__(); block != null; block = blocks.__iternext__()) {
      String octets = octets(block);
      if (octets.isEmpty()) {
        continue;
      }
      requireStarted();
      if (single && !body.isHeadOut()) {
        length = octets.length();
      }
      boolean within = body.write(octets, length);
      if (!within || body.isSuppressed()) {
        break;
      }
      body.flush();
    }
    if (blocks instanceof PyGenerator) {
      GeneratorEnd.check((PyGenerator) blocks);
    }
    requireStarted();
    body.finish();
  }

  /** A result whose len() is 1 has one block (PEP 3333, "Handling the Content-Length Header"). */
  private static boolean isSingle(PyObject result) {
    return result.__findattr__("__len__") != null && result.__len__() == 1;
  }

  private static PyObject iterator(PyObject result) {
    // An iterator in its own right: Jython's itertools types have no __iter__ attribute.
    boolean iterable =
        result instanceof PyIterator
            || result.__findattr__("__iter__") != null
            || result.__findattr__("__getitem__") != null;
    if (!iterable) {
      throw new WsgiException(Rule.RESULT_NOT_ITERABLE, PyValues.described(result));
    }
    // Not guarded: from here on, a TypeError is the application's own.
    PyObject blocks = result.__iter__();
    // Unlike CPython, Jython accepts anything as an iterator, and finds it empty.
    if (!(blocks instanceof PyIterator) && blocks.__findattr__("next") == null) {
      throw new WsgiException(Rule.RESULT_NOT_ITERABLE, PyValues.described(result));
    }
    return blocks;
  }

  private static String octets(PyObject block) {
    if (!PyValues.isStr(block)) {
      throw new WsgiException(Rule.BLOCK_TYPE, PyValues.described(block));
    }
    return ((PyString) block).getString();
  }

  private void requireStarted() {
    if (!body.hasHead()) {
      throw new WsgiException(Rule.START_RESPONSE_MISSING);
    }
  }

  private void close(PyObject result, PyObject dict) {
    if (result == null || result.getType() == PyList.TYPE || result.getType() == PyTuple.TYPE) {
      return;
    }
    try {
      PyObject close = result.__findattr__("close");
      if (close != null) {
        close.__call__();
      }
    } catch (Throwable raised) {
      Throwable failure = PythonExceptions.withCause(raised, exchange.lost());
      app.events.raised(dict, exchange, failure);
      app.failures.report(exchange, Rule.CLOSE_RAISED, failure);
    }
  }
}
