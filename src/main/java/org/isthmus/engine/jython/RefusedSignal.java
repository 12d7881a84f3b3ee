// What signal.signal does instead: it logs a line.
package org.isthmus.engine.jython;

import org.isthmus.errors.Rule;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.core.Untraversable;

/** Called by {@code isthmus.jython.signals} with the number of a signal. */
@Untraversable
final class RefusedSignal extends PyObject {
  private static final PyType TYPE = PyType.fromClass(RefusedSignal.class);
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  RefusedSignal() {
    super(TYPE);
  }

  @Override
  public PyObject __call__(PyObject number) {
    LOG.log(System.Logger.Level.WARNING, Rule.SIGNAL_REFUSED.message(number));
    return Py.None;
  }
}
