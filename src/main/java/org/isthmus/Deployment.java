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
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Quoted;
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
 * <p><b>Threading.</b> Who uses it is guarded by the context; what is started, by the map of
 * sources, which may be locked for as long as an application's import takes.
 */
final class Deployment {
  private static final String ATTRIBUTE = "org.isthmus.deployment";
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final ServletContext context;
  private final Map<AppSpec, AppSource> sources = new HashMap<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private WebInf webInf;
  private Engines engines;
  private Interpreter interpreter;
  private final StartTimes times = new StartTimes();
  private final BackgroundStarts background;
  private Settings startedWith;
  private int users;

  private Deployment(ServletContext context) {
    this.context = context;
    this.background = new BackgroundStarts(loader(), path());
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
      if (users > 0) {
        return;
      }
      context.removeAttribute(ATTRIBUTE);
    }
    background.close();
    stop();
  }

  /**
   * Imports the application that settings name, or returns it if it is here already. In the
   * background, what is returned answers 503 until then.
   *
   * @throws WsgiException if it cannot be had and the deployment is to fail
   */
  AppSource load(Settings settings) {
    AppSpec spec =
        new AppSpec(
            settings.get(SettingsTable.APP),
            settings.path(),
            settings.get(SettingsTable.MULTITHREAD),
            settings.get(SettingsTable.ENVIRON_LAZY),
            settings.get(SettingsTable.ENVIRON_ADD),
            settings.modjy());
    return settings.get(SettingsTable.INIT_IN_BACKGROUND)
        ? background.add(spec, () -> loadNow(spec, settings))
        : loadNow(spec, settings);
  }

  private AppSource loadNow(AppSpec spec, Settings settings) {
    synchronized (sources) {
      AppSource source = sources.get(spec);
      if (source == null) {
        WsgiApp app = app(spec, settings);
        source = spec.isMultithread() ? new SharedApp(app) : new SerialApp(app);
        sources.put(spec, source);
      }
      return source;
    }
  }

  private WsgiApp app(AppSpec spec, Settings settings) {
    times.begin();
    try {
      if (interpreter == null) {
        start(settings);
      } else {
        warnOfDifferences(settings);
      }
      WsgiApp app = interpreter.load(spec);
      String name = spec.app() == null ? "The application" : "Application '" + spec.app() + "'";
      LOG.log(System.Logger.Level.INFO, name + " of " + path() + " started in " + times + ".");
      return app;
    } catch (WsgiException e) {
      if (!settings.get(SettingsTable.INIT_ERROR_IS_503)) {
        throw e;
      }
      LOG.log(System.Logger.Level.ERROR, Rule.INIT_FAILED.message(), e);
      return new FailedApp();
    }
  }

  private void start(Settings settings) {
    if (engines == null) {
      webInf = opened(WebInf.of(context));
      times.ended("staging");
      engines =
          opened(Engines.jython(loader(), webInf.jython(), loader -> engineSpec(loader, settings)));
    }
    interpreter = opened(engines.engine().interpreter());
    startedWith = settings;
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

  /**
   * Closes what was opened, when nothing more is being started: the last first, each whatever
   * becomes of the others.
   */
  private void stop() {
    synchronized (sources) {
      closeAll();
    }
  }

  private void closeAll() {
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
        settings.get(SettingsTable.PRELOAD),
        properties,
        times);
  }

  private String path() {
    String path = context.getContextPath();
    return path.isEmpty() ? "/" : path;
  }

  /** The web application's own loader, even where Isthmus itself lies in a parent of it. */
  private ClassLoader loader() {
    ClassLoader loader = context.getClassLoader();
    return loader != null ? loader : Deployment.class.getClassLoader();
  }
}
