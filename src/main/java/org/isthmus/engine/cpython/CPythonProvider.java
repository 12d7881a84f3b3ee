// The engine `cpython`: Python 3 in worker processes.
package org.isthmus.engine.cpython;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineProvider;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.TaskOptions;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.ConcurrencySettings;
import org.isthmus.settings.Settings;

/** Starts workers on an installed CPython, or on one in the web application. */
public final class CPythonProvider implements EngineProvider {
  /** Called by ServiceLoader. */
  public CPythonProvider() {}

  @Override
  public String name() {
    return "cpython";
  }

  @Override
  public List<Path> runtime(Path webInf) {
    return BundledPython.archives(webInf);
  }

  @Override
  public List<String> watched() {
    return List.of("lib-python/*.{pth,egg,zip,whl}");
  }

  /** Returns {@link TaskOptions}; refuses settings that are for Jython only. */
  @Override
  public Object options(Settings settings) {
    if (settings.modjy() != null) {
      throw new WsgiException(Rule.MODJY_ON_CPYTHON);
    }
    Integer max = settings.get(ConcurrencySettings.POOL_MAX);
    if (max != null) {
      throw new WsgiException(Rule.POOL_ON_CPYTHON, max, max);
    }
    TaskOptions tasks = TaskOptions.of(settings);
    if (tasks.executor() != null) {
      String why = "isthmus.engine is 'cpython', and Java's threads cannot run it";
      throw new WsgiException(Rule.SUBMIT_EXECUTOR, tasks.executor(), why);
    }
    return tasks;
  }

  @Override
  public Engine start(EngineSpec spec) {
    requireNamedPipes(ChosenPython.temporary(spec));
    return new CPythonEngine(spec);
  }

  /**
   * Refuses Windows, where workers have no pipes to talk through (docs/decisions/0027).
   *
   * @param directory where the pipes would be; systems that have them have POSIX permissions, too
   */
  static void requireNamedPipes(Path directory) {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      throw new WsgiException(Rule.NAMED_PIPES_ABSENT, System.getProperty("os.name"));
    }
  }

  @Override
  public Optional<ProcessBuilder> command(EngineSpec spec, List<String> words) {
    Path temporary = ChosenPython.temporary(spec);
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(ProcessHandle.current().pid()));
    arguments.add(spec.webInf().toString());
    arguments.add(temporary.toString());
    arguments.add(String.join(File.pathSeparator, spec.settings().path()));
    arguments.addAll(words);
    try {
      Path script = WorkerFiles.staged(temporary).resolve("isthmus_worker").resolve("command.py");
      return Optional.of(ChosenPython.of(spec).running(script, arguments));
    } catch (IOException e) {
      throw new WsgiException(e, Rule.WORKER_DIRECTORY, e);
    }
  }
}
