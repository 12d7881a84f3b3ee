// The engine `jython`: Python 2.7 inside this JVM.
package org.isthmus.engine.jython.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineProvider;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.TaskOptions;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.JythonSettings;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/**
 * Takes Jython's jars from {@code WEB-INF/jython}, or Jython from the web application's loader if
 * there are none.
 */
public final class JythonProvider implements EngineProvider {
  /** Called by ServiceLoader. */
  public JythonProvider() {}

  @Override
  public String name() {
    return "jython";
  }

  @Override
  public List<Path> runtime(Path webInf) {
    Path directory = webInf == null ? null : webInf.resolve("jython");
    if (directory == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
    } catch (IOException e) {
      throw new WsgiException(e, Rule.JYTHON_ABSENT, "; not readable: WEB-INF/jython (" + e + ")");
    }
    return jars;
  }

  @Override
  public List<String> watched() {
    return List.of("jython/*.jar", "lib-python/*.{pth,egg,zip,whl}");
  }

  @Override
  public Object options(Settings settings) {
    TaskOptions tasks = TaskOptions.of(settings);
    return new JythonOptions(
        settings.get(SettingsTable.ENVIRON_LAZY),
        settings.modjy(),
        tasks,
        new NamedExecutor(tasks.executor()));
  }

  @Override
  public Engine start(EngineSpec spec) {
    List<Path> jars = runtime(spec.webInf());
    NestedJython nested = jars.isEmpty() ? NestedJython.of(spec.loader(), spec.context()) : null;
    return LoadedEngine.start(spec.loader(), jars, nested, loader -> jythonSpec(spec, loader));
  }

  private static JythonSpec jythonSpec(EngineSpec spec, ClassLoader loader) {
    Settings settings = spec.settings();
    Map<String, String> properties = new HashMap<>(settings.get(JythonSettings.PROPERTIES));
    String home = settings.get(JythonSettings.HOME);
    if (home != null) {
      properties.put("python.home", PythonHome.checked(home));
    }
    return new JythonSpec(
        spec.context(),
        loader,
        spec.webInf(),
        spec.classPath(),
        settings.get(JythonSettings.SITE),
        settings.get(JythonSettings.EXIT),
        settings.get(SettingsTable.LOG_LEVEL),
        settings.get(SettingsTable.PRELOAD),
        properties,
        spec.variables(),
        spec.services(),
        spec.times());
  }
}
