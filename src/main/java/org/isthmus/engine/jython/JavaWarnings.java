// The module `warnings` as Jython's own Java code sees it: silent when the stack overflows.
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
 * <p>On an {@code Error}, Jython warns that "Jython internals might be in a bad state now" (issue
 * 2536), and the warning itself can cause that: with the stack exhausted, it runs {@code
 * warnings.warn}, which uses regular expressions, whose cache has locks, which a second
 * StackOverflowError leaves locked. The error itself reaches the application as a RuntimeError.
 *
 * <p>{@code warnings.warn} as seen by Python code is unchanged, and other warnings go there.
 */
@Untraversable
final class JavaWarnings extends PyObject {
  private static final PyType TYPE = PyType.fromClass(JavaWarnings.class);
  private static final String CAUGHT = "PyTableCode.call caught a Throwable";

  /** Installs itself between Jython's Java code and the module, for all interpreters. */
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

    /** True for warnings about exhausted resources: stack or memory. */
    private static boolean isOfMachine(String text) {
      return text.contains(StackOverflowError.class.getName())
          || text.contains(OutOfMemoryError.class.getName());
    }
  }
}
