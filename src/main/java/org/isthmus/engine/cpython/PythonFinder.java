// Finds the CPython that the workers run on.
package org.isthmus.engine.cpython;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * The one that a setting names; else the first {@code python3} on PATH that is new enough and can
 * load the libraries. {@link BundledPython} is for a web application that contains one.
 */
final class PythonFinder {
  private final List<String> refused = new ArrayList<>();
  private final Wheels wheels;

  private PythonFinder(Wheels wheels) {
    this.wheels = wheels;
  }

  /**
   * Returns the path of an interpreter. Symbolic links are not followed, because Python finds the
   * packages of a virtual environment beside the link.
   *
   * @param setting a path, or a name to look for on PATH; null for neither
   * @param libraries directories of the libraries that it has to load; they may be absent
   * @param path the directories of PATH
   * @throws WsgiException if there is none; the message lists those that were tried
   */
  static Path find(String setting, List<Path> libraries, String path) {
    PythonFinder finder = new PythonFinder(Wheels.in(libraries));
    for (Path candidate : candidates(setting, path)) {
      if (finder.isFit(candidate)) {
        return candidate;
      }
    }
    String looked = String.join("; ", finder.refused);
    String named = setting == null ? "" : " isthmus.python.executable names '" + setting + "'.";
    throw new WsgiException(
        Rule.PYTHON_ABSENT, looked.isEmpty() ? "none was found on PATH" : looked, named);
  }

  private static List<Path> candidates(String setting, String path) {
    List<Path> candidates = new ArrayList<>();
    if (setting != null && setting.indexOf('/') >= 0) {
      candidates.add(Path.of(setting).toAbsolutePath());
      return candidates;
    }
    String name = setting == null ? "python3" : setting;
    StringTokenizer directories = new StringTokenizer(path == null ? "" : path, File.pathSeparator);
    while (directories.hasMoreTokens()) {
      String directory = directories.nextToken();
      try {
        Path candidate = Path.of(directory).resolve(name).toAbsolutePath();
        if (Files.isExecutable(candidate)) {
          candidates.add(candidate);
        }
      } catch (InvalidPathException e) {
        // It is not a directory.
      }
    }
    return candidates;
  }

  private boolean isFit(Path candidate) {
    PythonProbe probe = PythonProbe.of(candidate);
    String reason = probe.refusal() == null ? wheels.refusal(probe) : probe.refusal();
    if (reason != null) {
      refused.add(candidate + " (" + reason + ")");
    }
    return reason == null;
  }
}
