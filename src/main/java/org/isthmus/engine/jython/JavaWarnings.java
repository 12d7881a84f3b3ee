// The module `warnings` as Jython's own Java code sees it: silent at the end of a stack.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.core.Untraversable;
import org.python.core.__builtin__;

/**
 * Keeps endless recursion from blocking other requests.
 *
 * <p>At an {@code Error} Jython warns that "Jython internals might be in a bad state now" (issue
 * 2536), and by warning can bring them there: at the end of the stack it runs {@code
 * warnings.warn}, whose filters are regular expressions, whose cache has locks, which a second
 * StackOverflowError leaves locked. The error itself reaches the application as a RuntimeError.
 *
 * <p>{@code warnings.warn} as Python code sees it is untouched, and other warnings go there.
 */
@Untraversable
final class JavaWarnings extends PyObject {
  private static final PyType TYPE = PyType.fromClass(JavaWarnings.class);
  private static final String CAUGHT = "PyTableCode.call caught a Throwable";

  /** Puts itself between Jython's Java code and the module, for all interpreters. */
  static void install() {
    try {
      VarHandle module =
          MethodHandles.privateLookupIn(Py.class, MethodHandles.lookup())
              .findStaticVarHandle(Py.class, "warnings_mod", PyObject.class);
      module.set(new JavaWarnings());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }

  private JavaWarnings() {
    super(TYPE);
  }

  @Override
  public PyObject __findattr_ex__(String name) {
    return name.equals("warn") ? new Warn() : module().__findattr__(name);
  }

  private static PyObject module() {
    return __builtin__.__import__("warnings");
  }

  @Untraversable
  private static final class Warn extends PyObject {
    @Override
    public PyObject __call__(PyObject message, PyObject category, PyObject stackLevel) {
      String text = message.toString();
      if (text.startsWith(CAUGHT) && isOfMachine(text)) {
        return Py.None;
      }
      return module().__getattr__("warn").__call__(message, category, stackLevel);
    }

    /** True for what leaves nothing to work with: no stack, no memory. */
    private static boolean isOfMachine(String text) {
      return text.contains(StackOverflowError.class.getName())
          || text.contains(OutOfMemoryError.class.getName());
    }
  }
}
