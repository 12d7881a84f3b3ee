// What the servlets, filters and the listener of one web application share.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.concurrency.AppSource;
import org.isthmus.concurrency.Gate;
import org.isthmus.concurrency.LimitedSource;
import org.isthmus.engine.AppSpec;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Mount;
import org.isthmus.exchange.Observer;
import org.isthmus.metrics.AppMetrics;
import org.isthmus.metrics.Monitoring;
import org.isthmus.settings.ConcurrencySettings;
import org.isthmus.settings.MonitoringSettings;
import org.isthmus.settings.ReloadMode;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;
import org.isthmus.settings.UnknownProperties;
import org.isthmus.timeouts.TimeLimits;
import org.isthmus.timeouts.Watchdog;

/**
 * One per web application, kept in its ServletContext; created by the first user, closed by the
 * last.
 *
 * <p><b>Threading.</b> Used while the container deploys and undeploys; guarded by the context.
 */
public final class Deployment {
  private static final String ATTRIBUTE = "org.isthmus.deployment";

  private final ServletContext context;
  private final Monitoring monitoring;
  private final Map<List<Object>, AppMetrics> metrics = new HashMap<>();
  private final Map<String, List<List<String>>> displayed = new ConcurrentHashMap<>();
  private final Generations generations;
  private final Reloading reloading;
  private final BackgroundStarts background;
  private final Undeployment undeployment;
  private final Set<Thread> admitted = ConcurrentHashMap.newKeySet();
  private Boolean counting; // set by the first user; null before that
  private Watchdog watchdog;
  private int users;

  private Deployment(ServletContext context) {
    String path = Mount.displayPath(context);
    this.context = context;
    this.monitoring = Monitoring.of(context);
    this.generations = new Generations(context, monitoring, loader());
    this.reloading = new Reloading(context, loader(), generations, monitoring.reloads());
    this.background = new BackgroundStarts(loader(), path);
    this.undeployment = new Undeployment(path, monitoring.running());
    Set<String> properties = System.getProperties().stringPropertyNames();
    UnknownProperties.warn(properties, System.getenv().keySet());
  }

  /** Returns the web application's deployment, for one more user of it. */
  public static Deployment join(ServletContext context) {
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

  /** Lets the requests behind a closed gate finish, within isthmus.drain. */
  public void drain(Gate gate, Duration timeout) {
    monitoring.stopping();
    undeployment.drain(gate, timeout);
  }

  /** Releases one user; the last one closes the engine. */
  public void leave() {
    synchronized (context) {
      users--;
      if (users > 0) {
        return;
      }
      context.removeAttribute(ATTRIBUTE);
    }
    undeployment.begin();
    try {
      // Stop both before waiting for either: one may be waiting for the other.
      background.stop();
      reloading.stop();
      background.close();
      reloading.close();
      hide();
      if (watchdog != null) {
        watchdog.close();
      }
    } finally {
      try {
        stopPython();
      } finally {
        undeployment.close();
      }
    }
  }

  /** Removes only this deployment's own entries: the next deployment may have begun. */
  private void hide() {
    synchronized (metrics) {
      metrics.values().forEach(monitoring::drop);
    }
    displayed.forEach(monitoring::hide);
  }

  private void stopPython() {
    if (generations.webInf() != null) {
      long begun = System.nanoTime();
      generations.close();
      Duration python = Duration.ofNanos(System.nanoTime() - begun);
      undeployment.awaitOverrun(Undeployment.OVERRUN);
      undeployment.logDuration(python);
    }
  }

  /**
   * Imports the application that settings name, unless it is already loaded; in background mode,
   * only begins to.
   *
   * @param component the kind and name of the servlet or filter; empty for none
   * @throws WsgiException if it cannot be loaded and the deployment must fail
   */
  public void load(Settings settings, String component) {
    load(wanted(settings, component));
  }

  /** Returns the source of an application, which in background mode answers 503 at first. */
  private AppSource load(WantedApp wanted) {
    return wanted.settings.get(SettingsTable.INIT_IN_BACKGROUND)
        ? background.add(wanted, () -> loadLate(wanted))
        : loadNow(wanted);
  }

  /** Returns the application that settings name, with its metrics. */
  WantedApp wanted(Settings settings, String component) {
    Placement placement = Placement.of(settings, component);
    AppSpec spec = spec(settings, placement);
    return new WantedApp(spec, placement, settings, metrics(spec, placement, settings));
  }

  /**
   * Gives a servlet or filter all that it needs to answer requests, and shows its settings on the
   * status page until undeployment.
   *
   * @param component its kind and name
   * @throws WsgiException if its application cannot be loaded and the deployment must fail
   */
  public Mounted open(Settings settings, String component) {
    WantedApp wanted = wanted(settings, component);
    AppSource source = limited(load(wanted), settings);
    Observer observer = wanted.counted.observer();
    List<List<String>> rows = settings.inForce();
    displayed.put(component, rows);
    monitoring.show(component, rows);
    TimeLimits limits =
        new TimeLimits(settings.get(SettingsTable.SLOW), settings.get(SettingsTable.TIMEOUT));
    return limits.isAny()
        ? new Mounted(source, observer, limits, watchdog(limits))
        : new Mounted(source, observer, null, null);
  }

  private AppSource loadNow(WantedApp wanted) {
    boolean loaded = false;
    try {
      AppSource source = generations.load(wanted);
      loaded = true;
      return source;
    } finally {
      if (!loaded) {
        monitoring.drop(wanted.counted);
        synchronized (metrics) {
          metrics.values().remove(wanted.counted);
        }
      }
    }
  }

  /** Too late to fail the deployment: the application stays, and a reload may repair it. */
  private AppSource loadLate(WantedApp wanted) {
    try {
      return generations.load(wanted);
    } catch (RuntimeException | Error e) {
      WsgiException failure = StartFailure.broken(e);
      String code = failure.rule().code();
      String message = Rule.BACKGROUND_FAILED.message(Mount.displayPath(context), code);
      String text = StartFailure.fullText(failure, message);
      AppSource failed = generations.fail(wanted, Rule.BACKGROUND_FAILED, text);
      background.log(failure);
      return failed;
    }
  }

  private AppMetrics metrics(AppSpec spec, Placement placement, Settings settings) {
    synchronized (metrics) {
      if (counting == null) {
        begin(settings);
      }
      return metrics.computeIfAbsent(
          List.of(spec, placement), key -> monitoring.begin(spec.displayName(), counting));
    }
  }

  /** The first user decides for all whether requests are counted and files watched. */
  private void begin(Settings settings) {
    counting = settings.get(MonitoringSettings.METRICS);
    boolean byJmx = counting && settings.get(MonitoringSettings.JMX);
    if (byJmx) {
      monitoring.register(context);
    }
    if (byJmx || settings.get(SettingsTable.RELOAD_MODE) != ReloadMode.OFF) {
      generations.expectReloads();
      reloading.begin(settings);
    }
  }

  private AppSpec spec(Settings settings, Placement placement) {
    boolean pool = placement.isPool();
    return new AppSpec(
        settings.get(SettingsTable.APP),
        settings.path(),
        settings.get(ConcurrencySettings.MULTITHREAD) && !pool,
        pool && placement.max() > 1,
        environ(settings),
        settings.get(SettingsTable.EVENTS),
        options(settings));
  }

  /** The context class loader is what containers find the names of a web application by. */
  private Object options(Settings settings) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader());
    try {
      return generations.provider(settings).options(settings);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The keys that the deployer adds to environ take precedence over those of Isthmus. */
  private Map<String, String> environ(Settings settings) {
    Map<String, String> added = new LinkedHashMap<>(DataDirectory.environ(settings, context));
    added.putAll(settings.get(SettingsTable.ENVIRON_ADD));
    return added;
  }

  private AppSource limited(AppSource source, Settings settings) {
    Integer max = settings.get(ConcurrencySettings.MAX_CONCURRENT);
    return max == null
        ? source
        : new LimitedSource(source, max, settings.get(ConcurrencySettings.QUEUE_TIMEOUT), admitted);
  }

  /** Returns the web application's watchdog, which then looks often enough for these limits. */
  private Watchdog watchdog(TimeLimits limits) {
    synchronized (context) {
      watchdog = watchdog == null ? Watchdog.start(loader()) : watchdog;
      watchdog.expect(limits);
      return watchdog;
    }
  }

  /** The web application's own loader, even if Isthmus itself is in a parent of it. */
  private ClassLoader loader() {
    ClassLoader loader = context.getClassLoader();
    return loader != null ? loader : Deployment.class.getClassLoader();
  }
}
