// The applications of one generation of a web application, and the engine they run on.
package org.isthmus.deploy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.concurrency.AppSource;
import org.isthmus.concurrency.OwnApp;
import org.isthmus.concurrency.PooledSource;
import org.isthmus.concurrency.SerialSource;
import org.isthmus.concurrency.SharedSource;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.metrics.PoolUse;
import org.isthmus.settings.Settings;

/**
 * Acquires the engine for the first application, and closes everything with the last.
 *
 * <p><b>Threading.</b> Guarded by itself: applications are imported one after the other, because
 * simultaneous first imports can deadlock (Jython issue 321).
 */
final class Applications implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final SharedEngine shared;
  private final String path;
  private final Map<WantedApp, AppSource> sources = new ConcurrentHashMap<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private volatile Interpreters interpreters;
  private Interpreter interpreter;

  /**
   * Creates an empty generation.
   *
   * @param shared has the engine
   * @param path the web application, for the log
   */
  Applications(SharedEngine shared, String path) {
    this.shared = shared;
    this.path = path;
  }

  /**
   * Imports an application.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be loaded
   */
  synchronized StartedApp start(WantedApp wanted) {
    shared.times().begin();
    Interpreters engine = engine(wanted.settings);
    AppSource source = source(wanted, engine);
    long nanos = shared.times().nanos(StartTimes.IMPORT); // without the start of interpreters
    sources.put(wanted, source);
    String named = wanted.spec.app();
    String name = named == null ? "The application" : "Application '" + named + "'";
    LOG.log(System.Logger.Level.INFO, name + " of " + path + " started in " + shared.times() + ".");
    try (AppSource.Lease lease = source.borrow()) {
      return new StartedApp(source, lease.app(), nanos, use(source));
    }
  }

  private AppSource source(WantedApp wanted, Interpreters engine) {
    Placement placement = wanted.placement;
    if (placement.isPool()) {
      return opened(
          new PooledSource(
              engine, wanted.spec, placement.min(), placement.max(), placement.timeout()));
    }
    WsgiApp app =
        placement.isOwn()
            ? opened(OwnApp.load(engine, wanted.spec)).app()
            : shared(engine).load(wanted.spec);
    boolean isShared = wanted.spec.isMultithread() || app.isSerial();
    return isShared ? new SharedSource(app) : new SerialSource(app);
  }

  private static PoolUse use(AppSource source) {
    if (!(source instanceof PooledSource)) {
      return null;
    }
    PooledSource pool = (PooledSource) source;
    return new PoolUse(pool.max(), pool::size, pool::busy);
  }

  private Interpreters engine(Settings settings) {
    if (interpreters == null) {
      interpreters = new Interpreters(opened(shared.hold(settings)).engine());
    }
    return interpreters;
  }

  private Interpreter shared(Interpreters engine) {
    interpreter = interpreter == null ? opened(engine.interpreter()) : interpreter;
    return interpreter;
  }

  private <T extends AutoCloseable> T opened(T resource) {
    resources.push(resource);
    return resource;
  }

  /** Returns the source of an application; null if it has not been started here. */
  AppSource source(WantedApp wanted) {
    return sources.get(wanted);
  }

  /** Returns the files of all modules, and those of failed imports. */
  Set<Path> files() {
    Interpreters known = interpreters;
    return known == null ? Set.of() : known.files();
  }

  /** Returns true if the thread is in the middle of a request to one of them. */
  boolean hasThisThread() {
    Interpreters known = interpreters;
    return known != null && known.hasThisThread();
  }

  /** Closes everything, last opened first, even if closing one part fails. */
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
