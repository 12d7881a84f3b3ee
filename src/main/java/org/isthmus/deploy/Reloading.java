// Reloads a web application when files have changed or when an operator asks for it.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Mount;
import org.isthmus.metrics.Reloads;
import org.isthmus.settings.ReloadMode;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;
import org.isthmus.watch.Changes;
import org.isthmus.watch.FilePatterns;
import org.isthmus.watch.FileWatch;
import org.isthmus.webinf.WebInf;

/**
 * One reload at a time; all requests for one that arrive meanwhile share the next.
 *
 * <p><b>Threading.</b> One thread, while files are watched or reloads are pending. {@link #stop}
 * interrupts it, {@link #close} waits for its end.
 */
final class Reloading implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final ServletContext context;
  private final String path;
  private final ClassLoader loader;
  private final Generations generations;
  private final Reloads reloads;
  private final long since = System.currentTimeMillis();
  private final Supplier<String> reloader = this::reload;
  private volatile Settings settings; // of the first user; null until then
  private Changes changes; // null if no file is watched
  private String packed; // the message if it is an archive, until it is logged
  private CompletableFuture<String> asked; // null if no reload is pending
  private Thread thread;
  private boolean closed;

  /**
   * Creates a reloader that does nothing until {@link #begin}.
   *
   * @param context the web application
   * @param loader its class loader
   * @param generations what is reloaded
   * @param reloads observes each reload, and may ask for one from {@link #begin} on
   */
  Reloading(ServletContext context, ClassLoader loader, Generations generations, Reloads reloads) {
    this.context = context;
    this.path = Mount.displayPath(context);
    this.loader = loader;
    this.generations = generations;
    this.reloads = reloads;
  }

  /**
   * Lets operators reload, and starts watching files if {@code isthmus.reload.mode} requires it.
   */
  synchronized void begin(Settings newSettings) {
    settings = newSettings;
    reloads.by(reloader);
    ReloadMode mode = settings.get(SettingsTable.RELOAD_MODE);
    if (mode != ReloadMode.OFF) {
      changes = changes(mode);
      boolean isAbsolute = settings.get(SettingsTable.RELOAD_FILE).isAbsolute();
      if (mode == ReloadMode.WATCH || !isAbsolute) {
        packed = Rule.RELOAD_PACKED.message(mode.name().toLowerCase(Locale.ROOT), path);
      }
      start();
    }
  }

  private Changes changes(ReloadMode mode) {
    FileWatch watch = new FileWatch(since);
    if (mode == ReloadMode.TOUCH) {
      Path file = settings.get(SettingsTable.RELOAD_FILE);
      return Changes.touches(watch, () -> base().resolve(file));
    }
    List<String> patterns = new ArrayList<>(settings.get(SettingsTable.RELOAD_EXTRA));
    patterns.addAll(generations.provider(settings).watched());
    return new Changes(watch, generations::files, () -> new FilePatterns(base(), patterns).files());
  }

  private Path base() {
    WebInf webInf = generations.webInf();
    Path directory = webInf == null ? null : webInf.directory();
    return directory == null ? Path.of("") : directory;
  }

  /** Reloads and waits for the result; returns the message for the operator. */
  private String reload() {
    CompletableFuture<String> answer;
    synchronized (this) {
      if (closed) {
        throw new WsgiException(Rule.RELOAD_ENDED, path);
      }
      asked = asked == null ? new CompletableFuture<>() : asked;
      answer = asked;
      start();
      notifyAll();
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException ? (RuntimeException) e.getCause() : e;
    }
  }

  private void start() {
    if (thread == null) {
      Thread starting = new Thread(null, this::work, "isthmus-reload", 0, false);
      starting.setContextClassLoader(loader);
      starting.setDaemon(true);
      starting.start();
      thread = starting; // only now: if no thread can be started, the next caller tries again
    }
  }

  private void work() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        goesOn = reloadNext();
      } catch (Throwable e) {
        // Checking files, or logging, has failed. Go on, because operators wait for an answer.
        Thread here = Thread.currentThread();
        here.getUncaughtExceptionHandler().uncaughtException(here, e);
      }
    }
  }

  private boolean reloadNext() {
    CompletableFuture<String> next = next();
    if (next == null) {
      return false;
    }
    try {
      reload(next);
    } finally {
      // Unless it has been answered.
      next.completeExceptionally(new WsgiException(Rule.RELOAD_ENDED, path));
    }
    return true;
  }

  /** Waits for the next reload; returns null if there is none to wait for. */
  private CompletableFuture<String> next() {
    try {
      while (true) {
        synchronized (this) {
          if (asked == null && changes != null && !closed) {
            wait(changes.pause());
          }
          if (closed || asked != null || changes == null) {
            return taken();
          }
        }
        if (isStarted() && changes.isDue()) {
          return new CompletableFuture<>();
        }
      }
    } catch (InterruptedException e) {
      end();
      return taken();
    }
  }

  /** Returns whether the files' location is known; if they are in an archive, logs that. */
  private boolean isStarted() {
    WebInf webInf = generations.webInf();
    String message = packed;
    packed = webInf == null ? packed : null;
    if (webInf != null && message != null && webInf.isCopy()) {
      LOG.log(System.Logger.Level.WARNING, message);
    }
    return webInf != null;
  }

  private synchronized void end() {
    closed = true;
  }

  private synchronized CompletableFuture<String> taken() {
    CompletableFuture<String> taken = asked;
    asked = null;
    if (closed && taken != null) {
      taken.completeExceptionally(new WsgiException(Rule.RELOAD_ENDED, path));
      taken = null;
    }
    thread = taken == null ? null : thread;
    return taken;
  }

  private void reload(CompletableFuture<String> answer) {
    long begun = System.nanoTime();
    int number;
    try {
      number = generations.reload();
    } catch (InterruptedException e) {
      end();
      return;
    } catch (Throwable e) {
      failed(StartFailure.broken(e), answer);
      return;
    }
    reloads.succeeded();
    String time = Seconds.text(Duration.ofNanos(System.nanoTime() - begun));
    String message =
        String.format(
            Locale.ROOT,
            "Web application %s was reloaded in %s seconds; this is generation %d.",
            path,
            time,
            number);
    answer.complete(message);
    LOG.log(System.Logger.Level.INFO, message);
  }

  /** Records that a reload has failed; logging comes last, because it may fail, too. */
  private void failed(WsgiException failure, CompletableFuture<String> answer) {
    if (isClosed()) {
      LOG.log(System.Logger.Level.INFO, "The web application " + path + " ended as it reloaded.");
      return;
    }
    String meanwhile =
        generations.isServing()
            ? "the previous version keeps serving"
            : "nothing has been served so far, and requests still get 503";
    String again = again();
    String message = Rule.RELOAD_FAILED.message(path, failure.rule().code(), meanwhile, again);
    String text = StartFailure.fullText(failure, message);
    reloads.failed(text);
    generations.reportFailure(Rule.RELOAD_FAILED, text);
    answer.completeExceptionally(new IllegalStateException(text));
    StartFailure.log(failure, Rule.RELOAD_FAILED, context, meanwhile, again);
  }

  /** How the operator can reload again; files in an archive cannot be saved. */
  private String again() {
    ReloadMode mode = settings.get(SettingsTable.RELOAD_MODE);
    Path file = settings.get(SettingsTable.RELOAD_FILE);
    WebInf webInf = generations.webInf();
    boolean isExploded = webInf != null && !webInf.isCopy();
    if (mode == ReloadMode.WATCH && isExploded) {
      return "save the file: isthmus.reload.mode is 'watch'";
    }
    if (mode == ReloadMode.TOUCH && (isExploded || file.isAbsolute())) {
      return "touch '" + base().resolve(file) + "'";
    }
    return "reload again by JMX, with the operation 'reload' of the application's MBean";
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Reloads nothing more, and interrupts the reload in progress. */
  void stop() {
    reloads.notBy(reloader);
    synchronized (this) {
      if (!closed && thread != null) {
        thread.interrupt();
      }
      closed = true;
    }
  }

  private synchronized Thread running() {
    return thread;
  }

  /** Reloads nothing more, and waits for the reload in progress to end. */
  @Override
  public void close() {
    stop();
    Uninterruptibly.join(running());
  }
}
