// How a generator ended: Jython mistakes a GeneratorExit raised inside for a normal end.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyGenerator;
import org.python.core.PyIterator;

/** Distinguishes the two, as CPython does. */
final class GeneratorEnd {
  /** The field is protected, and reading it by next() would create an exception per response. */
  private static final VarHandle STOP = stopException();

  private GeneratorEnd() {}

  /** Raises the exception that ended a generator, if any. */
  static void check(PyGenerator ended) {
    PyException stop = (PyException) STOP.get(ended);
    if (stop != null && stop.type != Py.StopIteration) {
      throw stop;
    }
  }

  private static VarHandle stopException() {
    try {
      return MethodHandles.privateLookupIn(PyIterator.class, MethodHandles.lookup())
          .findVarHandle(PyIterator.class, "stopException", PyException.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }
}
