// Makes the lists in Jython's ast nodes behave like Python's.
package org.isthmus.engine.jython;

import java.util.AbstractList;
import java.util.List;
import org.python.antlr.AST;
import org.python.core.AstList;
import org.python.core.PyDataDescr;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyType;

/**
 * Replaces the descriptors of ast nodes, so that {@code node.body} is a {@code list}.
 *
 * <p>Jython 2.7.4 returns an {@code _ast.astlist}. Its {@code +}, {@code extend}, {@code pop()} and
 * {@code [::-1]}, and {@code insert} of a name, end in a Java exception; Mako needs them
 * (github.com/jython/jython/issues/356). This list is Python's own, over the same elements:
 * changing it changes the node.
 */
public final class AstLists {
  private AstLists() {}

  /**
   * Applies to all interpreters of this Jython.
   *
   * @param module {@code _ast}, before anybody has read a field of a node: the types keep what they
   *     have once found
   */
  public static void install(PyObject module) {
    for (PyObject name : module.__dir__().asIterable()) {
      PyObject found = module.__findattr__(name.toString().intern());
      if (found instanceof PyType && ((PyType) found).isSubType(AST.TYPE)) {
        replace((PyType) found);
      }
    }
  }

  private static void replace(PyType type) {
    PyObject names = type.fastGetDict();
    for (PyObject name : new PyList(names.invoke("keys")).asIterable()) {
      PyObject descriptor = names.__finditem__(name);
      if (descriptor instanceof PyDataDescr && !(descriptor instanceof AstField)) {
        names.__setitem__(name, new AstField(type, (PyDataDescr) descriptor));
      }
    }
  }

  /** Returns what Python gets for the value of a field. */
  static Object of(Object value) {
    return value instanceof AstList ? PyList.fromList(new Elements((AstList) value)) : value;
  }

  /** The elements as Python sees them: an AstList has Strings and enums for some. */
  private static final class Elements extends AbstractList<PyObject> {
    private final AstList nodes;

    Elements(AstList nodes) {
      this.nodes = nodes;
    }

    @Override
    public int size() {
      return nodes.size();
    }

    @Override
    public PyObject get(int index) {
      return nodes.pyget(index);
    }

    @Override
    public PyObject set(int index, PyObject element) {
      PyObject before = get(index);
      nodes.pyset(index, element);
      return before;
    }

    @Override
    @SuppressWarnings("unchecked") // AstList is a raw List
    public void add(int index, PyObject element) {
      ((List<Object>) nodes).add(index, null);
      nodes.pyset(index, element);
    }

    @Override
    public PyObject remove(int index) {
      PyObject before = get(index);
      ((List<?>) nodes).remove(index);
      return before;
    }
  }
}
