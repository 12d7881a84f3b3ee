// What Jython needs to know about its web application.
package org.isthmus.engine.jython.boot;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isthmus.engine.StartTimes;

/** The environment of one Jython. Immutable except for the times. */
public final class JythonSpec {
  private final ServletContext context;
  private final ClassLoader loader;
  private final Path webInf;
  private final List<Path> classPath;
  private final boolean site;
  private final boolean exit;
  private final String logLevel;
  private final List<String> preload;
  private final Map<String, String> properties;
  private final Map<String, String> variables;
  private final Map<String, List<String>> services;
  private final StartTimes times;

  /**
   * Creates a description.
   *
   * @param context the web application
   * @param loader sees the engine, its runtime and the web application's classes
   * @param webInf WEB-INF as a directory of real files, with {@code app} and {@code lib-python};
   *     null if there is none (embedded use)
   * @param classPath the class path's directories {@code python} and {@code lib-python}
   * @param site true to import Python's {@code site} module
   * @param exit true to let {@code os._exit} end the JVM
   * @param logLevel the level of Python's root logger, for example {@code INFO}
   * @param preload modules to import before any application
   * @param properties further properties of the runtime, such as {@code python.home}
   * @param variables what os.environ has in addition to the environment of the process
   * @param services JDBC URL, user and password by the names in {@code isthmus.services}
   * @param times records each phase of a start
   */
  public JythonSpec(
      ServletContext context,
      ClassLoader loader,
      Path webInf,
      List<Path> classPath,
      boolean site,
      boolean exit,
      String logLevel,
      List<String> preload,
      Map<String, String> properties,
      Map<String, String> variables,
      Map<String, List<String>> services,
      StartTimes times) {
    this.context = context;
    this.loader = loader;
    this.webInf = webInf;
    this.classPath = List.copyOf(classPath);
    this.site = site;
    this.exit = exit;
    this.logLevel = logLevel;
    this.preload = List.copyOf(preload);
    this.properties = Map.copyOf(properties);
    this.variables = Map.copyOf(variables);
    this.services = Map.copyOf(services);
    this.times = times;
  }

  /** Returns the web application. */
  public ServletContext context() {
    return context;
  }

  /** Returns the class loader that is the thread's context loader while Python runs. */
  public ClassLoader loader() {
    return loader;
  }

  /**
   * Returns true if a class of the runtime is unloaded with the web application.
   *
   * <p>It is not if the runtime is in a loader above: that of the container, or of a program that
   * embeds one, whose classes the container shares.
   */
  public boolean isOwn(Class<?> runtime) {
    ClassLoader of = runtime.getClassLoader();
    return of == loader || (of == loader.getParent() && of != context.getClass().getClassLoader());
  }

  /** Returns WEB-INF as real files, or null. */
  public Path webInf() {
    return webInf;
  }

  /** Returns the class path's {@code python} and {@code lib-python} as real files. */
  public List<Path> classPath() {
    return classPath;
  }

  /** Returns true to import the {@code site} module. */
  public boolean importsSite() {
    return site;
  }

  /** Returns true if {@code os._exit} is not to end the JVM. */
  public boolean refusesExit() {
    return !exit;
  }

  /** Returns the level of Python's root logger. */
  public String logLevel() {
    return logLevel;
  }

  /** Returns the modules to import before any application. */
  public List<String> preload() {
    return preload;
  }

  /** Returns the recorder of the phases of a start. */
  public StartTimes times() {
    return times;
  }

  /** Returns what os.environ has in addition to the environment of the process. */
  public Map<String, String> variables() {
    return variables;
  }

  /** Returns JDBC URL, user and password by the names in {@code isthmus.services}. */
  public Map<String, List<String>> services() {
    return services;
  }

  /** Returns further properties of the runtime. */
  public Map<String, String> properties() {
    return properties;
  }
}
