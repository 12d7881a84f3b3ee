// Jython's standard library in its jar: found at once, and never recompiled.
package org.isthmus.engine.jython;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PySystemState;
import org.python.core.PyTuple;
import org.python.core.imp;
import org.python.modules.zipimport.zipimport;

/**
 * Gives {@code zipimport} the table of contents of Jython's jar. It would create that itself at the
 * first import, slowly and with a bug.
 *
 * <p>zipimport converts the times of all entries, including thousands of classes, to the DOS
 * format: a quarter of Python's startup time. And a DOS time has no time zone: east of the zone
 * where the jar was made, each source seems older than its bytecode, so the bytecode is rejected
 * and the standard library compiled from source at every start. Both are in one jar that nobody
 * edits: so each source gets the latest possible time here, which no bytecode exceeds.
 */
final class StandardLibrary {
  private static final String FOLDER = "Lib";

  /** 31 December 2107. */
  private static final PyInteger LATEST = new PyInteger(127 << 9 | 12 << 5 | 31);

  private StandardLibrary() {}

  /** Reads the jars whose Lib is on an interpreter's sys.path, unless they have been read. */
  static void index(PySystemState system) {
    for (PyObject entry : system.path.asIterable()) {
      File library = new File(imp.fileSystemDecode(entry));
      File jar = library.getParentFile();
      if (jar == null || !library.getName().equals(FOLDER) || !jar.isFile()) {
        continue;
      }
      PyObject key = Py.newUnicode(jar.getPath());
      if (zipimport._zip_directory_cache.__finditem__(key) == null) {
        zipimport._zip_directory_cache.__setitem__(key, contents(jar));
      }
    }
  }

  private static PyDictionary contents(File jar) {
    PyDictionary contents = new PyDictionary();
    try (ZipFile zip = new ZipFile(jar)) {
      zip.stream()
          .filter(entry -> entry.getName().startsWith(FOLDER + "/"))
          .forEach(entry -> add(contents, jar, entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  /** In zipimport's format: file, method, two sizes, no offset, time, date, checksum. */
  private static void add(PyDictionary contents, File jar, ZipEntry entry) {
    String name = entry.getName().replace('/', File.separatorChar);
    contents.__setitem__(
        Py.newStringOrUnicode(name),
        new PyTuple(
            Py.fileSystemEncode(jar.getPath() + File.separator + name),
            Py.newInteger(entry.getMethod()),
            new PyLong(entry.getCompressedSize()),
            new PyLong(entry.getSize()),
            Py.newInteger(-1),
            Py.Zero,
            LATEST,
            new PyLong(entry.getCrc())));
  }
}
