// The applications of one web application, and the Python that they run on.
package org.isthmus;

import jakarta.servlet.ServletContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Engines;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Quoted;
import org.isthmus.metrics.AppMetrics;
import org.isthmus.metrics.Monitoring;
import org.isthmus.source.AppSource;
import org.isthmus.source.OwnApp;
import org.isthmus.source.PooledApps;
import org.isthmus.source.SerialApp;
import org.isthmus.source.SharedApp;

/**
 * Starts the engine for the first application, and closes all with the last.
 *
 * <p><b>Threading.</b> Guarded by itself: one application is imported after the other, for Python's
 * first imports from several threads at once can wait for each other (Jython issue 321).
 */
final class Applications implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final ServletContext context;
  private final Monitoring monitoring;
  private final String path;
  private final ClassLoader loader;
  private final Map<List<Object>, AppSource> sources = new HashMap<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final StartTimes times = new StartTimes();
  private WebInf webInf;
  private Engines engines;
  private Interpreter interpreter;
  private Settings startedWith;

  /**
   * Has no application yet.
   *
   * @param context the web application
   * @param monitoring is told of each application
   * @param path the web application, for the log
   * @param loader the web application's class loader
   */
  Applications(ServletContext context, Monitoring monitoring, String path, ClassLoader loader) {
    this.context = context;
    this.monitoring = monitoring;
    this.path = path;
    this.loader = loader;
  }

  /**
   * Imports an application, or returns it if it is here already.
   *
   * @param placement the interpreter that it is to be in
   * @param counted is told what became of it
   * @throws WsgiException if it cannot be had and the deployment is to fail
   */
  synchronized AppSource load(
      AppSpec spec, Placement placement, Settings settings, AppMetrics counted) {
    List<Object> key = List.of(spec, placement);
    AppSource source = sources.get(key);
    if (source == null) {
      source = start(spec, placement, settings, counted);
      sources.put(key, source);
      monitoring.settled(counted);
    }
    return source;
  }

  private AppSource start(
      AppSpec spec, Placement placement, Settings settings, AppMetrics counted) {
    times.begin();
    try {
      Engine engine = engine(settings);
      long begun = System.nanoTime();
      AppSource source = source(spec, placement, engine);
      try (AppSource.Lease lease = source.borrow()) {
        counted.ready(lease.app(), System.nanoTime() - begun);
      }
      String name = spec.app() == null ? "The application" : "Application '" + spec.app() + "'";
      LOG.log(System.Logger.Level.INFO, name + " of " + path + " started in " + times + ".");
      return source;
    } catch (WsgiException e) {
      if (!settings.get(SettingsTable.INIT_ERROR_IS_503)) {
        throw e;
      }
      StartFailure.log(e, Rule.INIT_FAILED, context);
      String message = Rule.INIT_FAILED.message(path, e.rule().code());
      counted.notLoaded(Rule.INIT_FAILED, message + "\n" + e.getMessage());
      return new SharedApp(new FailedApp(spec.shown()));
    }
  }

  private AppSource source(AppSpec spec, Placement placement, Engine engine) {
    if (placement.isPool()) {
      return opened(
          new PooledApps(engine, spec, placement.least(), placement.most(), placement.patience()));
    }
    WsgiApp app =
        placement.isOwn() ? opened(OwnApp.load(engine, spec)).app() : shared(engine).load(spec);
    return spec.isMultithread() ? new SharedApp(app) : new SerialApp(app);
  }

  private Engine engine(Settings settings) {
    if (engines == null) {
      webInf = webInf == null ? opened(WebInf.of(context)) : webInf;
      times.ended("staging");
      engines =
          opened(Engines.jython(loader, webInf.jython(), child -> engineSpec(child, settings)));
      startedWith = settings;
    } else {
      warnOfDifferences(settings);
    }
    return engines.engine();
  }

  private Interpreter shared(Engine engine) {
    interpreter = interpreter == null ? opened(engine.interpreter()) : interpreter;
    return interpreter;
  }

  private <T extends AutoCloseable> T opened(T resource) {
    resources.push(resource);
    return resource;
  }

  private void warnOfDifferences(Settings settings) {
    for (Setting<?> row : SettingsTable.rows()) {
      Object value = startedWith.get(row);
      if (row.reach == Setting.Reach.DEPLOYMENT
          && settings.has(row)
          && !settings.get(row).equals(value)) {
        LOG.log(
            System.Logger.Level.WARNING,
            Rule.SETTING_SHARED.message(row.name, Quoted.of(String.valueOf(value))));
      }
    }
  }

  private EngineSpec engineSpec(ClassLoader child, Settings settings) {
    Map<String, String> properties = new HashMap<>(settings.get(SettingsTable.PYTHON_PROPERTIES));
    String home = settings.get(SettingsTable.PYTHON_HOME);
    if (home != null) {
      properties.put("python.home", PythonHome.checked(home));
    }
    return new EngineSpec(
        context,
        child,
        webInf.directory(),
        settings.get(SettingsTable.PYTHON_SITE),
        settings.get(SettingsTable.LOG_LEVEL),
        settings.get(SettingsTable.PRELOAD),
        properties,
        times);
  }

  /** Returns true if nothing was ever started. */
  synchronized boolean isEmpty() {
    return resources.isEmpty();
  }

  /** Closes what was opened: the last first, each whatever becomes of the others. */
  @Override
  public synchronized void close() {
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception | Error e) {
        LOG.log(System.Logger.Level.WARNING, Rule.CLOSE_FAILED.message(e), e);
      }
    }
  }
}
