// The write callable that start_response returns.
package org.isthmus.engine.jython;

import java.io.IOException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.ResponseBody;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyType;
import org.python.core.Untraversable;

/** Sends a block at once (PEP 3333, "The write() Callable"). */
@Untraversable
final class Write extends PyObject {
  private static final PyType TYPE = PyType.fromClass(Write.class);

  private final ResponseBody body;

  Write(ResponseBody body) {
    super(TYPE);
    this.body = body;
  }

  @Override
  public boolean isCallable() {
    return true;
  }

  @Override
  public PyObject __call__(PyObject data) {
    if (!PyValues.isStr(data)) {
      throw PythonExceptions.raised(new WsgiException(Rule.BLOCK_TYPE, PyValues.described(data)));
    }
    try {
      body.write(((PyString) data).getString(), -1);
      if (body.isHeadOut()) {
        body.flush();
      }
      return Py.None;
    } catch (IOException e) {
      throw PythonExceptions.ioError(e);
    } catch (WsgiException e) {
      throw PythonExceptions.raised(e);
    }
  }

  @Override
  public PyObject __call__(PyObject[] arguments, String[] keywords) {
    if (arguments.length == 1) {
      return __call__(arguments[0]);
    }
    throw PythonExceptions.raised(
        new WsgiException(Rule.WRITE_ARGUMENTS, arguments.length + " arguments"));
  }
}
