// What the deployer configured: which application, where to find it, how to call it.
package org.isthmus.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One application as the settings describe it. Immutable. */
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
   *     null to find one by convention
   * @param path further entries of sys.path; a relative one is below WEB-INF
   * @param multithread false to call the application from one thread at a time
   * @param multiprocess true if another interpreter may call its own copy at the same time
   * @param environ keys and values added to each request's environ
   * @param events names of listener functions, by event
   * @param options the result of {@link EngineProvider#options}, or null
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

  /** Returns the value of {@code isthmus.app}, or null. */
  public String app() {
    return app;
  }

  /** Returns the application's display name until its own name is known. */
  public String displayName() {
    return app == null ? "application" : app;
  }

  /** Returns further entries of sys.path. */
  public List<String> path() {
    return path;
  }

  /** Returns the value of {@code wsgi.multithread}. */
  public boolean isMultithread() {
    return multithread;
  }

  /** Returns the value of {@code wsgi.multiprocess}. */
  public boolean isMultiprocess() {
    return multiprocess;
  }

  /** Returns keys and values added to each request's environ. */
  public Map<String, String> environ() {
    return environ;
  }

  /** Returns the names of listener functions, by event. */
  public Map<String, List<String>> events() {
    return events;
  }

  /** Returns the result of {@link EngineProvider#options}, or null. */
  public Object options() {
    return options;
  }
}
