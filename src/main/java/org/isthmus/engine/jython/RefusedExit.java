// What os._exit does instead: it logs a line.
package org.isthmus.engine.jython;

import org.isthmus.errors.Rule;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.core.Untraversable;

/** Called by {@code isthmus.jython.exits} with the status and the caller; returns the message. */
@Untraversable
final class RefusedExit extends PyObject {
  private static final PyType TYPE = PyType.fromClass(RefusedExit.class);
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  RefusedExit() {
    super(TYPE);
  }

  @Override
  public PyObject __call__(PyObject status, PyObject caller) {
    String message = Rule.EXIT_REFUSED.message(status, PyValues.readable(caller));
    LOG.log(System.Logger.Level.ERROR, message);
    return PyValues.strOf(message);
  }
}
