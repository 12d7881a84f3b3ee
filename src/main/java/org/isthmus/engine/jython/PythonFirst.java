// A sys.modules that prefers Python's modules to Java packages of the same name, such as io.
package org.isthmus.engine.jython;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.python.core.Py;
import org.python.core.PyJavaPackage;
import org.python.core.PyList;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;
import org.python.core.imp;

/**
 * The table of an interpreter's modules, which takes no Java package whose name is a Python
 * module's.
 *
 * <p>{@code import io} in a module of package {@code p} makes Python 2.7 look for {@code p.io}
 * first. When that fails, Jython adds to sys.modules any Java package named {@code io} whose
 * classes the JVM has loaded, and only then looks for the module {@code io}; likewise for {@code
 * com.example}. netty has a package {@code io}: without this class, an interpreter that starts
 * after {@code socket} was imported would get the package.
 */
@SuppressWarnings("unchecked") // values() of Jython's maps
final class PythonFirst extends PyStringMap {
  private static final String OF_JAVA = "__classpath__";

  private final PySystemState system;

  private PythonFirst(PySystemState system) {
    this.system = system;
  }

  /** Replaces an interpreter's table, for all later imports. */
  static void install(PySystemState system) {
    PythonFirst modules = new PythonFirst(system);
    modules.update(system.modules);
    system.modules = modules;
  }

  /**
   * Removes the Java packages that are also Python modules, now that {@code sys.path} has more
   * entries. Their contents can still be imported.
   */
  static void uncover(PySystemState system) {
    if (system.modules instanceof PythonFirst) {
      ((PythonFirst) system.modules).uncover();
    }
  }

  private void uncover() {
    List<String> packages = new ArrayList<>();
    getMap()
        .forEach(
            (name, module) -> {
              if (module instanceof PyJavaPackage) {
                packages.add(name.toString());
              }
            });
    Collections.sort(packages); // outer ones first
    for (String name : packages) {
      if (isPythons(name)) {
        __delitem__(name);
      }
    }
  }

  @Override
  public void __setitem__(String name, PyObject module) {
    if (!(module instanceof PyJavaPackage) || !isPythons(name)) {
      super.__setitem__(name, module);
    }
  }

  /** Whether Python would find a module of this name; loads none. */
  private boolean isPythons(String name) {
    if (PySystemState.getBuiltin(name) != null) {
      return true;
    }
    PyList path = system.path;
    int start = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
      path = pathWithin(name.substring(0, dot).intern(), name.substring(start, dot), path);
      if (path == null) {
        return false;
      }
      start = dot + 1;
    }
    return entryWith(name.substring(start), name, path) != null;
  }

  /** Returns where a package's own modules are; null if there is no such package. */
  private PyList pathWithin(String name, String last, PyList path) {
    PyObject loaded = __finditem__(name);
    if (loaded instanceof PyJavaPackage) {
      return null;
    }
    if (loaded instanceof PyModule) {
      PyObject own = loaded.__findattr__("__path__");
      return own instanceof PyList ? (PyList) own : null;
    }
    PyObject entry = entryWith(last, name, path);
    if (entry == null) {
      return null;
    }
    return new PyList(new PyObject[] {entry.__add__(new PyString(File.separator + last))});
  }

  /** Returns the first entry that has such a Python module, by Jython's own check; or null. */
  private PyObject entryWith(String last, String name, PyList path) {
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
        return entry;
      }
    }
    return null;
  }

  private static boolean isFile(String directory, String name) {
    File module = new File(directory, name);
    return new File(module, "__init__.py").isFile()
        || new File(module, "__init__$py.class").isFile()
        || new File(directory, name + ".py").isFile()
        || new File(directory, name + "$py.class").isFile();
  }
}
