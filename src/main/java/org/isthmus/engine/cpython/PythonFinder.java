// Which CPython the workers run on.
package org.isthmus.engine.cpython;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** What a setting names; else the first {@code python3} on PATH that is new enough. */
final class PythonFinder {
  private static final String QUESTION =
      "import sys; print('%s %d %d' % ((sys.implementation.name,) + sys.version_info[:2]))";

  private static final Pattern ANSWER = Pattern.compile("(\\w+) (\\d{1,4}) (\\d{1,4})");

  private final List<String> refused = new ArrayList<>();

  private PythonFinder() {}

  /**
   * Returns the path of an interpreter. Symbolic links are not followed: one of a virtual
   * environment leads to where Python finds its packages.
   *
   * @param setting a path, or a name to look for on PATH; null for neither
   * @param path the directories of PATH
   * @throws WsgiException if there is none; the message has what was looked at
   */
  static Path find(String setting, String path) {
    PythonFinder finder = new PythonFinder();
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
        // It is no directory.
      }
    }
    return candidates;
  }

  private boolean isFit(Path candidate) {
    String reason = reason(candidate);
    if (reason != null) {
      refused.add(candidate + " (" + reason + ")");
    }
    return reason == null;
  }

  /** Returns why an interpreter is of no use, or null. */
  static String reason(Path candidate) {
    if (!Files.exists(candidate)) {
      return "not there";
    }
    if (!Files.isExecutable(candidate)) {
      return "not executable by this user";
    }
    try {
      ProcessBuilder builder =
          new ProcessBuilder(candidate.toString(), "-I", "-S", "-c", QUESTION)
              .redirectErrorStream(true);
      WorkerEnvironment.clean(builder.environment(), java.util.Map.of());
      Process process = builder.start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "it does not answer";
      }
      return judged(said);
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static String judged(String said) {
    Matcher answer = ANSWER.matcher(said);
    if (!answer.matches()) {
      return "it says " + org.isthmus.exchange.Quoted.of(said);
    }
    if (!answer.group(1).equals("cpython")) {
      return "it is " + answer.group(1);
    }
    int major = Integer.parseInt(answer.group(2));
    int minor = Integer.parseInt(answer.group(3));
    boolean old = major < 3 || (major == 3 && minor < 9);
    return old ? "its version is " + major + "." + minor : null;
  }
}
