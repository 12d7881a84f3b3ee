// Checks isthmus.python.home, because Jython itself would ignore a wrong one silently.
package org.isthmus.engine.jython.boot;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/** The home of a Jython installation, with Python's library in its Lib directory. */
final class PythonHome {
  private PythonHome() {}

  /**
   * Returns the home unchanged.
   *
   * @throws WsgiException if it has no Python library
   */
  static String checked(String home) {
    try {
      Path path = Path.of(home);
      if (!Files.isDirectory(path)) {
        throw refused(home, Files.exists(path) ? "is no directory" : "does not exist");
      }
      if (!Files.exists(path.resolve("Lib").resolve("os.py"))) {
        throw refused(home, "has no Lib with Python's library (Lib/os.py) in it");
      }
    } catch (InvalidPathException e) {
      throw refused(home, "is no path");
    }
    return home;
  }

  private static WsgiException refused(String home, String why) {
    return new WsgiException(Rule.PYTHON_HOME, SafeText.quoted(home), why);
  }
}
