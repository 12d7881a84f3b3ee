// What the servlets, filters and the listener of one web application share: engine and files.
package org.isthmus;

import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Engines;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Quoted;
import org.isthmus.source.AppSource;
import org.isthmus.source.Gate;
import org.isthmus.source.LimitedApp;
import org.isthmus.source.OwnApp;
import org.isthmus.source.PooledApps;
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
  private final Map<List<Object>, AppSource> sources = new HashMap<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private WebInf webInf;
  private Engines engines;
  private Interpreter interpreter;
  private Settings startedWith;
  private final Set<Thread> admitted = ConcurrentHashMap.newKeySet();
  private final WatchedRequests watched = new WatchedRequests();
  private final Ending ending;
  private Watchdog watchdog;
  private int users;

  private Deployment(ServletContext context) {
    this.context = context;
    this.ending = new Ending(context.getContextPath());
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

  /** Lets the requests behind a closed gate end, for as long as settings say. */
  void drain(Gate gate, Duration patience) {
    ending.drain(gate, patience);
  }

  /** Tells that one user has gone; the last one closes the engine. */
  void leave() {
    ending.begin();
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
   * @param component the name of the servlet or filter that asks; null for no one in particular
   * @throws WsgiException if it cannot be had and the deployment is to fail
   */
  AppSource load(Settings settings, String component) {
    Placement placement = Placement.of(settings, component);
    AppSpec spec = spec(settings, placement);
    synchronized (context) {
      List<Object> key = List.of(spec, placement);
      AppSource source = sources.get(key);
      if (source == null) {
        source = source(spec, placement, settings);
        sources.put(key, source);
      }
      return source;
    }
  }

  private static AppSpec spec(Settings settings, Placement placement) {
    boolean pool = placement.isPool();
    return new AppSpec(
        settings.get(SettingsTable.APP),
        settings.path(),
        settings.get(SettingsTable.MULTITHREAD) && !pool,
        pool && placement.most() > 1,
        settings.get(SettingsTable.ENVIRON_LAZY),
        settings.get(SettingsTable.ENVIRON_ADD),
        settings.modjy());
  }

  /** Returns a source for as many requests at once as settings allow. */
  AppSource limited(AppSource source, Settings settings) {
    Integer most = settings.get(SettingsTable.MAX_CONCURRENT);
    return most == null
        ? source
        : new LimitedApp(source, most, settings.get(SettingsTable.QUEUE_TIMEOUT), admitted);
  }

  /** Has requests looked after as settings say; returns null if they ask for nothing. */
  TimeLimits watch(Settings settings) {
    TimeLimits limits =
        new TimeLimits(settings.get(SettingsTable.SLOW), settings.get(SettingsTable.TIMEOUT));
    if (!limits.isAny()) {
      return null;
    }
    synchronized (context) {
      watchdog = watchdog == null ? opened(Watchdog.start(watched, loader())) : watchdog;
      watchdog.watch(limits);
      return limits;
    }
  }

  /** Returns the requests that are looked after. */
  WatchedRequests watched() {
    return watched;
  }

  private AppSource source(AppSpec spec, Placement placement, Settings settings) {
    try {
      Engine engine = engine(settings);
      if (placement.isPool()) {
        return opened(
            new PooledApps(
                engine, spec, placement.least(), placement.most(), placement.patience()));
      }
      WsgiApp app =
          placement.isOwn() ? opened(OwnApp.load(engine, spec)).app() : shared(engine).load(spec);
      return spec.isMultithread() ? new SharedApp(app) : new SerialApp(app);
    } catch (WsgiException e) {
      if (!settings.get(SettingsTable.INIT_ERROR_IS_503)) {
        throw e;
      }
      LOG.log(System.Logger.Level.ERROR, Rule.INIT_FAILED.message(), e);
      return new SharedApp(new FailedApp());
    }
  }

  private Engine engine(Settings settings) {
    if (engines == null) {
      webInf = opened(WebInf.of(context));
      engines =
          opened(Engines.jython(loader(), webInf.jython(), loader -> engineSpec(loader, settings)));
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

  /** Closes what was opened, the last first, each whatever becomes of the others. */
  private void stop() {
    if (resources.isEmpty()) {
      return;
    }
    long begun = System.nanoTime();
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, Rule.CLOSE_FAILED.message(e), e);
      }
    }
    ending.end(Duration.ofNanos(System.nanoTime() - begun));
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
