// How a generator ended: Jython takes a GeneratorExit from inside for an orderly end.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyGenerator;
import org.python.core.PyIterator;

/** Tells the two apart, as CPython does. */
final class GeneratorEnd {
  /** Protected, and next() would make an exception for each response to read it. */
  private static final VarHandle STOP = stopException();

  private GeneratorEnd() {}

  /** Raises what ended a generator if that is more than its end. */
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
