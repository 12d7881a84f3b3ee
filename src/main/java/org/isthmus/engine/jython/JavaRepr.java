// repr() of Java objects as Python code expects it: a native string.
package org.isthmus.engine.jython;

import org.python.core.PyBuiltinMethodNarrow;
import org.python.core.PyObject;
import org.python.core.PyType;

/**
 * Replaces Jython's own, which returns unicode.
 *
 * <p>environ contains Java objects, and {@code "%r"} of one of them turns a whole page into
 * unicode, such as that of Paste's debugger.
 */
final class JavaRepr extends PyBuiltinMethodNarrow {
  private JavaRepr() {
    super("__repr__");
  }

  /** Applies to all interpreters, and all classes without their own {@code __repr__}. */
  static void install() {
    PyType.fromClass(Object.class).addMethod(new JavaRepr());
  }

  @Override
  public PyObject __call__() {
    Object java = self.__tojava__(Object.class);
    String text = java.toString();
    return PyValues.strOf(text == null ? "" : text);
  }
}
