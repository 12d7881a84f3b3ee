// What an engine needs to know about its web application.
package org.isthmus.engine;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/** The environment of one engine. Immutable except for the times. */
public final class EngineSpec {
  private static final String LIBRARIES = "lib-python";

  private final ServletContext context;
  private final ClassLoader loader;
  private final Path webInf;
  private final List<Path> classPath;
  private final Settings settings;
  private final StartTimes times;

  /**
   * Creates a description.
   *
   * @param context the web application
   * @param loader its class loader
   * @param webInf WEB-INF as a directory of real files, with {@code app} and {@code lib-python};
   *     null if there is none (embedded use)
   * @param classPath the class path's directories {@code python} and {@code lib-python} as real
   *     files, those that exist
   * @param settings of the first component; engine settings apply to the whole deployment
   * @param times records each phase of a start
   */
  public EngineSpec(
      ServletContext context,
      ClassLoader loader,
      Path webInf,
      List<Path> classPath,
      Settings settings,
      StartTimes times) {
    this.context = context;
    this.loader = loader;
    this.webInf = webInf;
    this.classPath = List.copyOf(classPath);
    this.settings = settings;
    this.times = times;
  }

  /** Returns the web application. */
  public ServletContext context() {
    return context;
  }

  /** Returns the web application's class loader. */
  public ClassLoader loader() {
    return loader;
  }

  /** Returns WEB-INF as real files, or null. */
  public Path webInf() {
    return webInf;
  }

  /** Returns the class path's {@code python} and {@code lib-python} as real files. */
  public List<Path> classPath() {
    return classPath;
  }

  /** Returns the directories of libraries: {@code lib-python} of WEB-INF, and of the class path. */
  public List<Path> libraries() {
    List<Path> libraries = new ArrayList<>();
    if (webInf != null) {
      libraries.add(webInf.resolve(LIBRARIES));
    }
    classPath.stream().filter(path -> path.endsWith(LIBRARIES)).forEach(libraries::add);
    return libraries;
  }

  /** Returns the settings in force. */
  public Settings settings() {
    return settings;
  }

  /** Returns the variables to add to os.environ. */
  public Map<String, String> variables() {
    Path data = settings.get(SettingsTable.DATA_DIR);
    return data == null
        ? Map.of()
        : Map.of(SettingsTable.DATA_DIR.variable(), data.normalize().toString());
  }

  /**
   * Returns what {@code isthmus.service} gives: JDBC URL, user and password of each resource that
   * {@code isthmus.services} names; user and password may be null.
   *
   * @throws org.isthmus.errors.WsgiException if the container has no such resource, or it has no
   *     getters for them
   */
  public Map<String, List<String>> services() {
    List<String> names = settings.get(SettingsTable.SERVICES);
    return NamedServices.read(names, DataSources.of(context), loader);
  }

  /** Returns the recorder of the phases of a start. */
  public StartTimes times() {
    return times;
  }
}
