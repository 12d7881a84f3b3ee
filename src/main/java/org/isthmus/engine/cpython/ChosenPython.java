// Which Python a web application runs on, and in which environment.
package org.isthmus.engine.cpython;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.engine.EngineSpec;
import org.isthmus.settings.CPythonSettings;

/**
 * The one that a setting names, that the web application contains, or that is on PATH. Immutable.
 */
final class ChosenPython {
  private final EngineSpec spec;
  private final Path program;
  private final boolean isBundled;

  private ChosenPython(EngineSpec spec, Path program, boolean isBundled) {
    this.spec = spec;
    this.program = program;
    this.isBundled = isBundled;
  }

  /**
   * Finds it.
   *
   * @throws org.isthmus.errors.WsgiException if there is none, or it cannot be used
   */
  static ChosenPython of(EngineSpec spec) {
    String named = spec.settings().get(CPythonSettings.EXECUTABLE);
    List<Path> archives = BundledPython.archives(spec.webInf());
    boolean isBundled = named == null && !archives.isEmpty();
    Path program =
        isBundled
            ? BundledPython.staged(archives, temporary(spec))
            : PythonFinder.find(named, spec.libraries(), System.getenv("PATH"));
    return new ChosenPython(spec, program, isBundled);
  }

  /** Returns the container's directory for the web application, or Java's. */
  static Path temporary(EngineSpec spec) {
    File directory = (File) spec.context().getAttribute(ServletContext.TEMPDIR);
    return directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory.toPath();
  }

  /** Returns how to run a file, in the environment that the settings define. */
  ProcessBuilder running(Path script, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(program.toString());
    // Ignore the user's site-packages, which may contain anything.
    words.add("-s");
    words.add(script.toString());
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words);
    Map<String, String> added = new LinkedHashMap<>(spec.variables());
    added.putAll(spec.settings().get(CPythonSettings.ENV));
    WorkerEnvironment.clean(builder.environment(), added);
    if (isBundled) {
      BundledPython.addCertificates(builder.environment());
    }
    return builder;
  }
}
