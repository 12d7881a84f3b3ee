// What the servlets, filters and the listener of one web application share: engine and files.
package org.isthmus;

import jakarta.servlet.ServletContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Engines;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Observer;
import org.isthmus.exchange.Quoted;
import org.isthmus.metrics.AppMetrics;
import org.isthmus.metrics.Monitoring;
import org.isthmus.source.AppSource;
import org.isthmus.source.SerialApp;
import org.isthmus.source.SharedApp;

/**
 * One per web application, kept in its ServletContext; made by whoever comes first, closed by
 * whoever leaves last.
 *
 * <p>The engine is started and applications are imported here one after the other: Python's first
 * imports from several threads at once can wait for each other (Jython issue 321).
 *
 * <p><b>Threading.</b> Used while the container deploys and undeploys; guarded by the context.
 */
final class Deployment {
  private static final String ATTRIBUTE = "org.isthmus.deployment";
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final ServletContext context;
  private final Monitoring monitoring;
  private final Map<AppSpec, AppSource> sources = new HashMap<>();
  private final Map<AppSpec, AppMetrics> metrics = new HashMap<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private WebInf webInf;
  private Engines engines;
  private Interpreter interpreter;
  private Settings startedWith;
  private int users;

  private Deployment(ServletContext context) {
    this.context = context;
    this.monitoring = Monitoring.of(context);
  }

  /** Returns the web application's deployment, for one more user of it. */
  static Deployment join(ServletContext context) {
    synchronized (context) {
      Deployment deployment = (Deployment) context.getAttribute(ATTRIBUTE);
      if (deployment == null) {
        deployment = new Deployment(context);
        context.setAttribute(ATTRIBUTE, deployment);
      }
      deployment.users++;
      return deployment;
    }
  }

  /** Tells that one user has gone; the last one closes the engine. */
  void leave() {
    synchronized (context) {
      users--;
      if (users == 0) {
        context.removeAttribute(ATTRIBUTE);
        stop();
      }
    }
  }

  /**
   * Imports the application that settings name, or returns it if it is here already.
   *
   * @throws WsgiException if it cannot be had and the deployment is to fail
   */
  AppSource load(Settings settings) {
    AppSpec spec = spec(settings);
    synchronized (context) {
      AppSource source = sources.get(spec);
      if (source == null) {
        WsgiApp app = watched(spec, settings);
        source = spec.isMultithread() ? new SharedApp(app) : new SerialApp(app);
        sources.put(spec, source);
      }
      return source;
    }
  }

  /** Returns who is to be told of the requests of the application that settings name. */
  Observer observer(Settings settings) {
    synchronized (context) {
      return metrics.get(spec(settings)).observer();
    }
  }

  private static AppSpec spec(Settings settings) {
    return new AppSpec(
        settings.get(SettingsTable.APP),
        settings.path(),
        settings.get(SettingsTable.MULTITHREAD),
        settings.get(SettingsTable.ENVIRON_LAZY),
        settings.get(SettingsTable.ENVIRON_ADD),
        settings.modjy(),
        settings.get(SettingsTable.EVENTS));
  }

  private WsgiApp watched(AppSpec spec, Settings settings) {
    boolean timing = settings.get(SettingsTable.METRICS);
    AppMetrics counted = monitoring.begin(nameOf(spec), timing);
    try {
      WsgiApp app = app(spec, settings, counted);
      metrics.put(spec, counted);
      monitoring.settled(counted);
      return app;
    } catch (WsgiException e) {
      monitoring.drop(counted);
      throw e;
    }
  }

  private static String nameOf(AppSpec spec) {
    return spec.app() == null ? "application" : spec.app();
  }

  private WsgiApp app(AppSpec spec, Settings settings, AppMetrics counted) {
    try {
      if (interpreter == null) {
        start(settings);
      } else {
        warnOfDifferences(settings);
      }
      long began = System.nanoTime();
      WsgiApp app = interpreter.load(spec);
      counted.ready(app, System.nanoTime() - began);
      return app;
    } catch (WsgiException e) {
      if (!settings.get(SettingsTable.INIT_ERROR_IS_503)) {
        throw e;
      }
      LOG.log(System.Logger.Level.ERROR, Rule.INIT_FAILED.message(), e);
      counted.notLoaded();
      counted.failed(Rule.INIT_FAILED, Rule.INIT_FAILED.message() + "\n" + e.getMessage());
      return new FailedApp(nameOf(spec));
    }
  }

  private void start(Settings settings) {
    if (engines == null) {
      webInf = opened(WebInf.of(context));
      engines =
          opened(Engines.jython(loader(), webInf.jython(), loader -> engineSpec(loader, settings)));
    }
    interpreter = opened(engines.engine().interpreter());
    startedWith = settings;
    if (settings.get(SettingsTable.METRICS) && settings.get(SettingsTable.JMX)) {
      monitoring.register(context);
    }
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

  /** Closes what was opened, the last first, each whatever becomes of the others. */
  private void stop() {
    monitoring.close();
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, Rule.CLOSE_FAILED.message(e), e);
      }
    }
  }

  private EngineSpec engineSpec(ClassLoader loader, Settings settings) {
    Map<String, String> properties = new HashMap<>(settings.get(SettingsTable.PYTHON_PROPERTIES));
    String home = settings.get(SettingsTable.PYTHON_HOME);
    if (home != null) {
      properties.put("python.home", home);
    }
    return new EngineSpec(
        context,
        loader,
        webInf.directory(),
        settings.get(SettingsTable.PYTHON_SITE),
        settings.get(SettingsTable.LOG_LEVEL),
        properties);
  }

  /** The web application's own loader, even where Isthmus itself lies in a parent of it. */
  private ClassLoader loader() {
    ClassLoader loader = context.getClassLoader();
    return loader != null ? loader : Deployment.class.getClassLoader();
  }
}
