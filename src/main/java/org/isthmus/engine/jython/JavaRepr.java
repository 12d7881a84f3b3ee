// repr() of Java objects as Python code expects it: a native string.
package org.isthmus.engine.jython;

import org.python.core.PyBuiltinMethodNarrow;
import org.python.core.PyObject;
import org.python.core.PyType;

/**
 * Takes the place of Jython's own, which answers with unicode.
 *
 * <p>environ has Java objects in it, and {@code "%r"} of one of them turns a whole page into
 * unicode, as that of Paste's debugger.
 */
final class JavaRepr extends PyBuiltinMethodNarrow {
  private JavaRepr() {
    super("__repr__");
  }

  /** For all interpreters, and all classes that have no {@code __repr__} of their own. */
  static void install() {
    PyType.fromClass(Object.class).addMethod(new JavaRepr());
  }

  @Override
  public PyObject __call__() {
    Object java = self.__tojava__(Object.class);
    String text = java.toString();
    return Native.strOf(text == null ? "" : text);
  }
}
