// What a deployer asked for: which application, found where, called how.
package org.isthmus.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One application as settings describe it. Immutable. */
public final class AppSpec {
  private final String app;
  private final List<String> path;
  private final boolean multithread;
  private final boolean multiprocess;
  private final Map<String, String> environ;
  private final Map<String, List<String>> events;
  private final Object options;

  /**
   * Creates a description.
   *
   * @param app {@code package.module:callable}, {@code package.module:factory()}, {@code
   *     file.py:callable} below WEB-INF, {@code config:file.ini#name} or {@code egg:Dist#name};
   *     null to look for one by convention
   * @param path further entries of sys.path; a relative one is below WEB-INF
   * @param multithread false to call the application from one thread at a time
   * @param multiprocess true if another interpreter may be calling its own copy at the same time
   * @param environ keys and values added to each request's environ
   * @param events names of functions to be told, by event
   * @param options what {@link EngineProvider#options} made of the settings, or null
   */
  public AppSpec(
      String app,
      List<String> path,
      boolean multithread,
      boolean multiprocess,
      Map<String, String> environ,
      Map<String, List<String>> events,
      Object options) {
    this.app = app;
    this.path = List.copyOf(path);
    this.multithread = multithread;
    this.multiprocess = multiprocess;
    this.environ = Map.copyOf(environ);
    this.events = Map.copyOf(events);
    this.options = options;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AppSpec && parts().equals(((AppSpec) other).parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return Arrays.asList(app, path, multithread, multiprocess, environ, events, options);
  }

  /** Returns what {@code isthmus.app} names, or null. */
  public String app() {
    return app;
  }

  /** Returns what the application is called until its own name is known. */
  public String shown() {
    return app == null ? "application" : app;
  }

  /** Returns further entries of sys.path. */
  public List<String> path() {
    return path;
  }

  /** Returns what {@code wsgi.multithread} says. */
  public boolean isMultithread() {
    return multithread;
  }

  /** Returns what {@code wsgi.multiprocess} says. */
  public boolean isMultiprocess() {
    return multiprocess;
  }

  /** Returns keys and values added to each request's environ. */
  public Map<String, String> environ() {
    return environ;
  }

  /** Returns names of functions to be told, by event. */
  public Map<String, List<String>> events() {
    return events;
  }

  /** Returns what {@link EngineProvider#options} made of the settings, or null. */
  public Object options() {
    return options;
  }
}
