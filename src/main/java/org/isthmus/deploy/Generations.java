// The applications of a web application, from one reload to the next.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isthmus.concurrency.AppSource;
import org.isthmus.concurrency.SharedSource;
import org.isthmus.engine.EngineProvider;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Mount;
import org.isthmus.metrics.Monitoring;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;
import org.isthmus.webinf.WebInf;

/**
 * One generation answers new requests; older ones may still be finishing theirs. Either all
 * applications move to a new generation or none does, because those in one interpreter share
 * modules.
 *
 * <p><b>Threading.</b> Guarded by itself: applications are imported one after the other.
 */
final class Generations implements AutoCloseable {
  private final ServletContext context;
  private final Monitoring monitoring;
  private final String path;
  private final SharedEngine shared;
  private final Draining draining;
  private final Map<WantedApp, AppSource> sources = new LinkedHashMap<>();
  private volatile Generation current;
  private volatile Set<Path> failedFiles = Set.of();
  private WantedApp failing; // in the last reload
  private volatile boolean areReloadable;
  private final List<FailedApp> failedApps = new ArrayList<>();

  /**
   * Creates the first generation, without applications.
   *
   * @param context the web application
   * @param monitoring gets an entry for each application
   * @param loader the web application's class loader
   */
  Generations(ServletContext context, Monitoring monitoring, ClassLoader loader) {
    this.context = context;
    this.monitoring = monitoring;
    this.path = Mount.displayPath(context);
    this.shared = new SharedEngine(context, loader);
    this.draining = new Draining(loader, path, monitoring.running());
    this.current = new Generation(1, new Applications(shared, path));
  }

  /**
   * Imports an application, or returns it if it is already loaded.
   *
   * @throws WsgiException if it cannot be loaded and the deployment must fail
   */
  synchronized AppSource load(WantedApp wanted) {
    AppSource known = sources.get(wanted);
    if (known != null) {
      return known;
    }
    shared.warnOfDifferences(wanted.settings);
    try {
      StartedApp started = current.applications.start(wanted);
      started.show(wanted.counted, current.number);
      monitoring.settled(wanted.counted);
      return added(wanted, started.source);
    } catch (WsgiException e) {
      if (!wanted.settings.get(SettingsTable.INIT_ERROR_IS_503)) {
        throw e;
      }
      StartFailure.log(e, Rule.INIT_FAILED, context);
      String message = Rule.INIT_FAILED.message(path, e.rule().code());
      return fail(wanted, Rule.INIT_FAILED, StartFailure.fullText(e, message));
    }
  }

  /**
   * Shows that an application could not be loaded, and returns a source that answers 503 for it.
   *
   * @param rule the rule in the log
   * @param text the message with the details below it
   */
  synchronized AppSource fail(WantedApp wanted, Rule rule, String text) {
    wanted.counted.notLoaded(rule, text);
    monitoring.settled(wanted.counted);
    FailedApp failedApp = new FailedApp(wanted.spec.displayName(), text);
    failedApps.add(failedApp);
    return added(wanted, new SharedSource(failedApp));
  }

  /** Makes applications reloadable; call this before the first of them is loaded. */
  void expectReloads() {
    areReloadable = true;
  }

  private AppSource added(WantedApp wanted, AppSource source) {
    AppSource lent =
        areReloadable ? new ReloadableSource(wanted, draining, current, source) : source;
    sources.put(wanted, lent);
    return lent;
  }

  /**
   * Imports all applications again, and directs new requests to the new ones.
   *
   * @return the number of the new generation
   * @throws WsgiException if one of them cannot be loaded; then nothing has changed
   */
  int reload() throws InterruptedException {
    // Without the lock, so that a servlet that starts meanwhile need not wait for old requests.
    draining.awaitRoom();
    return change();
  }

  private synchronized int change() {
    if (sources.isEmpty()) {
      throw new WsgiException(Rule.RELOAD_ENDED, path);
    }
    Generation next = new Generation(current.number + 1, new Applications(shared, path));
    Map<ReloadableSource, StartedApp> moves = prepared(next);
    moves.forEach((app, started) -> app.become(next, started.source));
    current = next;
    failedFiles = Set.of();
    failedApps.clear();
    draining.drain();
    sources.forEach(
        (wanted, app) -> moves.get((ReloadableSource) app).show(wanted.counted, next.number));
    return next.number;
  }

  /** Does everything that can fail: starts the new applications, prepares to drain the old ones. */
  private Map<ReloadableSource, StartedApp> prepared(Generation next) {
    Map<ReloadableSource, StartedApp> moves = new LinkedHashMap<>();
    boolean complete = false;
    try {
      sources.forEach(
          (wanted, app) -> {
            failing = wanted;
            moves.put((ReloadableSource) app, next.applications.start(wanted));
          });
      failing = null;
      draining.add(current, timeout());
      complete = true;
      return moves;
    } finally {
      if (!complete) {
        failedFiles = next.applications.files();
        next.applications.close();
      }
    }
  }

  private Duration timeout() {
    return sources.keySet().stream()
        .map(wanted -> wanted.settings.get(SettingsTable.DRAIN))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Counts a failed reload for the application that could not be loaded. */
  synchronized void reportFailure(Rule rule, String text) {
    failedApps.forEach(failedApp -> failedApp.fail(text));
    if (failing != null) {
      failing.counted.failed(rule, text);
    }
  }

  /** Returns whether any application has been loaded, by the start or by a reload. */
  synchronized boolean isServing() {
    return failedApps.size() < sources.size();
  }

  /** Returns the files of all modules, and those of failed imports. */
  Set<Path> files() {
    Set<Path> files = new HashSet<>(current.applications.files());
    files.addAll(failedFiles);
    return files;
  }

  /** Returns the engine's provider, chosen by the first user. */
  EngineProvider provider(Settings settings) {
    return shared.provider(settings);
  }

  /** Returns WEB-INF, or null as long as nothing has been started. */
  WebInf webInf() {
    return shared.webInf();
  }

  /** Closes all generations, then the engine. */
  @Override
  public synchronized void close() {
    draining.close();
    current.applications.close();
    shared.close();
    sources.clear();
  }
}
