// What an engine needs to know of the web application that it runs in.
package org.isthmus.engine;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Map;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/** The surroundings of one engine. Immutable but for the times. */
public final class EngineSpec {
  private final ServletContext context;
  private final ClassLoader loader;
  private final Path webInf;
  private final Settings settings;
  private final StartTimes times;

  /**
   * Creates a description.
   *
   * @param context the web application
   * @param loader its class loader
   * @param webInf WEB-INF as a directory of real files, with {@code app} and {@code lib-python};
   *     null if there is none (embedded use)
   * @param settings of whoever came first; those of the engine hold for the whole deployment
   * @param times told of each phase of a start
   */
  public EngineSpec(
      ServletContext context,
      ClassLoader loader,
      Path webInf,
      Settings settings,
      StartTimes times) {
    this.context = context;
    this.loader = loader;
    this.webInf = webInf;
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

  /** Returns the settings in force. */
  public Settings settings() {
    return settings;
  }

  /** Returns what Python finds in os.environ beyond the environment of the process. */
  public Map<String, String> variables() {
    Path data = settings.get(SettingsTable.DATA_DIR);
    return data == null
        ? Map.of()
        : Map.of(SettingsTable.DATA_DIR.variable(), data.normalize().toString());
  }

  /** Returns what is told of each phase of a start. */
  public StartTimes times() {
    return times;
  }
}
