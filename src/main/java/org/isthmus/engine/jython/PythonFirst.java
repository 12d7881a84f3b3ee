// Finds Python's modules before Java packages of the same name: io, and io.netty's io.
package org.isthmus.engine.jython;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.python.core.Py;
import org.python.core.PyJavaPackage;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PySystemState;
import org.python.core.PyType;
import org.python.core.Untraversable;
import org.python.core.imp;

/**
 * A finder for {@code sys.meta_path} (PEP 302) that finds nothing itself.
 *
 * <p>At {@code import io} in a module of a package, Python 2.7 first looks for {@code package.io}.
 * If there is none, Jython adds a Java package to {@code sys.modules} if the JVM has loaded a class
 * below one named {@code io}, and only then looks for {@code io} itself. netty has such classes, so
 * each interpreter after the first that has imported {@code socket} would get that package instead
 * of the module. This finder is asked for {@code package.io}, and imports {@code io}.
 */
@Untraversable
final class PythonFirst extends PyObject {
  private static final PyType TYPE = PyType.fromClass(PythonFirst.class);
  private static final String OF_JAVA = "__classpath__";

  private final PySystemState system;

  private PythonFirst(PySystemState system) {
    super(TYPE);
    this.system = system;
  }

  /** Installs the finder in an interpreter, for all later imports. */
  static void install(PySystemState system) {
    system.meta_path.insert(0, new PythonFirst(system));
  }

  /**
   * Removes from {@code sys.modules} the top-level Java packages that are also Python modules, now
   * that {@code sys.path} has more entries. Their contents can still be imported.
   */
  static void uncover(PySystemState system) {
    List<PyObject> hiding = new ArrayList<>();
    for (PyObject name : system.modules.asIterable()) {
      if (system.modules.__finditem__(name) instanceof PyJavaPackage
          && name.toString().indexOf('.') < 0
          && isFound(system, name.toString(), name.toString(), system.path)) {
        hiding.add(name);
      }
    }
    hiding.forEach(system.modules::__delitem__);
  }

  @Override
  public PyObject __findattr_ex__(String name) {
    return name.equals("find_module") ? this : super.__findattr_ex__(name);
  }

  @Override
  public boolean isCallable() {
    return true;
  }

  /** {@code find_module(fullname, path=None)}. */
  @Override
  public PyObject __call__(PyObject[] arguments, String[] keywords) {
    String name = arguments[0].toString();
    if (arguments.length > 1 && arguments[1] instanceof PyList) {
      look(name, (PyList) arguments[1]);
    }
    return Py.None;
  }

  private void look(String name, PyList path) {
    String last = name.substring(name.lastIndexOf('.') + 1).intern();
    PyObject there = system.modules.__finditem__(last);
    if ((there == null || there == Py.None)
        && isPackage(last)
        && !isFound(system, last, name, path)
        && isFound(system, last, last, system.path)) {
      imp.load(last);
    }
  }

  /** Whether the JVM has loaded a class below a package. */
  private static boolean isPackage(String name) {
    for (Package each : Package.getPackages()) {
      String loaded = each.getName();
      if (loaded.startsWith(name)
          && (loaded.length() == name.length() || loaded.charAt(name.length()) == '.')) {
        return true;
      }
    }
    return false;
  }

  /** Whether a path has such a Python module: Jython's own check, without loading it. */
  private static boolean isFound(PySystemState system, String last, String name, PyList path) {
    for (PyObject entry : path.asIterable()) {
      if (!(entry instanceof PyString) || entry.toString().startsWith(OF_JAVA)) {
        continue;
      }
      PyObject importer = imp.getImporter(entry);
      boolean found =
          importer == Py.None
              ? isFile(system.getPath(imp.fileSystemDecode(entry)), last)
              : importer.invoke("find_module", new PyString(name)) != Py.None;
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFile(String directory, String name) {
    File module = new File(directory, name);
    return new File(module, "__init__.py").isFile()
        || new File(module, "__init__$py.class").isFile()
        || new File(directory, name + ".py").isFile()
        || new File(directory, name + "$py.class").isFile();
  }
}
