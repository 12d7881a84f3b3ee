// Whether isthmus.python.home is what it says, which Jython itself would not tell.
package org.isthmus.engine.jython.boot;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Quoted;

/** The home of a Jython installation, which has Python's library in a directory Lib. */
final class PythonHome {
  private PythonHome() {}

  /**
   * Returns the home as it is.
   *
   * @throws WsgiException if Python would find no library there
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
    return new WsgiException(Rule.PYTHON_HOME, Quoted.of(home), why);
  }
}
