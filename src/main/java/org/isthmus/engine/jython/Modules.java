// Finds the files that an interpreter's modules come from, without running any Python.
package org.isthmus.engine.jython;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.isthmus.exchange.Octets;
import org.python.core.AbstractDict;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PySystemState;

/**
 * Reads sys.modules and sys.path.
 *
 * <p><b>Threading.</b> Any thread, while others import: Jython's dicts are concurrent maps.
 */
final class Modules {
  private static final String BYTECODE = "$py.class";

  private Modules() {}

  /** Returns the file of each module; for bytecode, its source too. */
  static Set<Path> files(PySystemState system) {
    Set<Path> files = new LinkedHashSet<>();
    if (system.modules instanceof AbstractDict) {
      for (PyObject module : ((AbstractDict) system.modules).getMap().values()) {
        // Java classes and packages have none; whatever else an application put there is not a
        // module.
        PyObject names = module instanceof PyModule ? module.fastGetDict() : null;
        PyObject file = names == null ? null : names.__finditem__("__file__");
        if (file instanceof PyString) {
          add(files, PyValues.readable(file));
        }
      }
    }
    return files;
  }

  /** Returns the entries of sys.path. */
  static Set<Path> path(PySystemState system) {
    Set<Path> entries = new LinkedHashSet<>();
    for (Object entry : system.path.toArray()) {
      // toArray() converts values with a Java form, so every str, even of octets, is a String.
      add(entries, Octets.readable(entry.toString()));
    }
    return entries;
  }

  private static void add(Set<Path> files, String name) {
    // __classpath__ and __pyclasspath__ are not files.
    if (name.isEmpty() || name.startsWith("__")) {
      return;
    }
    try {
      Path file = Path.of(name).toAbsolutePath().normalize();
      files.add(file);
      String last = file.getFileName() == null ? "" : file.getFileName().toString();
      if (last.endsWith(BYTECODE)) {
        String source = last.substring(0, last.length() - BYTECODE.length()) + ".py";
        files.add(file.resolveSibling(source));
      }
    } catch (InvalidPathException e) {
      return; // a made-up name
    }
  }
}
