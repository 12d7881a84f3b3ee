// A field of an ast node, like Jython's own, but with lists that work.
package org.isthmus.engine.jython;

import org.python.core.PyDataDescr;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.expose.ExposeAsSuperclass; // Python sees a getset_descriptor, as before

/** Passes all on to the descriptor that it replaces. */
final class AstField extends PyDataDescr implements ExposeAsSuperclass {
  private final PyDataDescr field;

  AstField(PyType type, PyDataDescr field) {
    super(type, field.getName(), Object.class, field.getDoc());
    this.field = field;
  }

  @Override
  public Object invokeGet(PyObject node) {
    return AstLists.of(field.invokeGet(node));
  }

  @Override
  public void getset_descriptor___set__(PyObject node, PyObject value) {
    field.__set__(node, value);
  }

  @Override
  public void getset_descriptor___delete__(PyObject node) {
    field.__delete__(node);
  }

  @Override
  public boolean implementsDescrSet() {
    return field.implementsDescrSet();
  }

  @Override
  public boolean implementsDescrDelete() {
    return field.implementsDescrDelete();
  }
}
