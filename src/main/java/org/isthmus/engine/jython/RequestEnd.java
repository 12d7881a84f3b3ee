// Calls functions of isthmus.jython when a request has ended.
package org.isthmus.engine.jython;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.core.Untraversable;

/**
 * Called by {@code isthmus.jython.request_end} with each function.
 *
 * <p><b>Threading.</b> Any thread may call; functions run on the request's thread.
 */
@Untraversable
final class RequestEnd extends PyObject {
  private static final PyType TYPE = PyType.fromClass(RequestEnd.class);

  private final List<PyObject> functions = new CopyOnWriteArrayList<>();

  RequestEnd() {
    super(TYPE);
  }

  @Override
  public PyObject __call__(PyObject function) {
    functions.add(function);
    return Py.None;
  }

  /** Calls the functions, unless Python has dispatched this request from within another one. */
  void run() {
    if (!functions.isEmpty() && Py.getThreadState().frame == null) {
      functions.forEach(PyObject::__call__);
    }
  }
}
