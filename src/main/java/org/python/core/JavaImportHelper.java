// Finds Java packages for Python's imports; stands in for Jython's class of the same name.
package org.python.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Adds a Java package to {@code sys.modules} when a Python module of its name is not where it was
 * looked for first: if it has the imported class, or if the JVM has loaded a class of it.
 *
 * <p>Jython asks this before it looks beyond the package of the importing module, 550 times while
 * Flask is imported. Its own class looks for each imported name as a Java class, and puts the names
 * of all packages of the JVM in order, each time. This one looks for no class in what is known to
 * be a Python module, and puts nothing in order (docs/decisions/0013-a-class-of-jythons.md).
 */
final class JavaImportHelper {
  private JavaImportHelper() {}

  /**
   * Adds the Java packages that an import may mean.
   *
   * @param name what to import: {@code java.net} of {@code from java.net import URL}; may be null
   * @param fromList a tuple of the names to import from it; may be null or None
   * @return whether {@code sys.modules} has got something new
   */
  static boolean tryAddPackage(String name, PyObject fromList) {
    if (name == null) {
      return false;
    }
    List<String> names = names(fromList);
    boolean added = addIfItHas(name, names);
    int dot = name.lastIndexOf('.');
    if (dot > 0) {
      added |= addIfItHas(name.substring(0, dot), List.of(name.substring(dot + 1)));
    }
    return added || addLoaded(name, names);
  }

  /** Looks for every class, although one would do: looking loads those that it extends, too. */
  private static boolean addIfItHas(String name, List<String> classes) {
    boolean found = false;
    if (!isPython(name)) {
      for (String one : classes) {
        found |= Py.findClass(name + "." + one) != null;
      }
    }
    return found && isAbsent(name) && add(name);
  }

  private static boolean addLoaded(String name, List<String> names) {
    List<String> candidates = new ArrayList<>();
    for (String one = name; one != null; one = parent(one)) {
      candidates.add(one);
    }
    for (String one : names) {
      candidates.add(name + "." + one);
    }
    candidates.removeIf(one -> !isAbsent(one));
    boolean added = false;
    if (!candidates.isEmpty()) {
      Package[] packages = Package.getPackages();
      for (String one : candidates) {
        added |= isAbsent(one) && isLoaded(one, packages) && add(one);
      }
    }
    return added;
  }

  /** Whether the JVM has loaded a class of a package, or of one that is in it. */
  private static boolean isLoaded(String name, Package[] packages) {
    for (Package each : packages) {
      String loaded = each.getName();
      if (loaded.startsWith(name)
          && (loaded.length() == name.length() || loaded.charAt(name.length()) == '.')) {
        return true;
      }
    }
    return false;
  }

  private static String parent(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? null : name.substring(0, dot);
  }

  private static boolean isPython(String name) {
    return !isAbsent(name) && !(module(name) instanceof PyJavaPackage);
  }

  /** None stands for an import that has failed before: the package may exist by now. */
  private static boolean isAbsent(String name) {
    PyObject found = module(name);
    return found == null || found == Py.None;
  }

  private static PyObject module(String name) {
    return Py.getSystemState().modules.__finditem__(name.intern());
  }

  private static boolean add(String name) {
    PyObject modules = Py.getSystemState().modules;
    for (String one = name; one != null; one = parent(one)) {
      PyJavaPackage added = PySystemState.add_package(one);
      if (isAbsent(one)) {
        modules.__setitem__(one.intern(), added);
      }
    }
    return true;
  }

  private static List<String> names(PyObject fromList) {
    List<String> names = new ArrayList<>();
    if (fromList instanceof PyTuple) {
      for (PyObject one : fromList.asIterable()) {
        String name = one instanceof PyString ? one.toString() : "*";
        if (!name.isEmpty() && !"*".equals(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
