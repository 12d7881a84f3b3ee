// Reloads a web application: when files have changed, or when an operator says so.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Mount;
import org.isthmus.files.Changes;
import org.isthmus.files.FilePatterns;
import org.isthmus.files.FileWatch;
import org.isthmus.files.WebInf;
import org.isthmus.metrics.Reloads;
import org.isthmus.settings.ReloadMode;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/**
 * One reload at a time; those that are asked for meanwhile are one, which comes after it.
 *
 * <p><b>Threading.</b> A thread for as long as files are looked at, or until nobody asks any more.
 * {@link #stop} interrupts it, {@link #close} waits for its end.
 */
final class Reloading implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final ServletContext context;
  private final String path;
  private final ClassLoader loader;
  private final Generations generations;
  private final Reloads told;
  private final long since = System.currentTimeMillis();
  private final Supplier<String> reloader = this::reload;
  private volatile Settings settings; // of whoever came first; null until then
  private Changes changes; // null if no file is looked at
  private String packed; // what is to be said if it is an archive, until it was said
  private CompletableFuture<String> asked; // null if nobody asks
  private Thread thread;
  private boolean closed;

  /**
   * Reloads nothing yet.
   *
   * @param context the web application
   * @param loader its class loader
   * @param generations what is reloaded
   * @param told is told of each reload, and may ask for one from {@link #begin} on
   */
  Reloading(ServletContext context, ClassLoader loader, Generations generations, Reloads told) {
    this.context = context;
    this.path = Mount.shown(context);
    this.loader = loader;
    this.generations = generations;
    this.told = told;
  }

  /** Lets operators reload, and begins to look at files if settings say so. */
  synchronized void begin(Settings newSettings) {
    settings = newSettings;
    told.by(reloader);
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
      return new Changes(watch, () -> touched(file), Set::of);
    }
    List<String> patterns = new ArrayList<>(settings.get(SettingsTable.RELOAD_EXTRA));
    patterns.addAll(generations.provider(settings).watched());
    return new Changes(watch, generations::files, () -> new FilePatterns(base(), patterns).files());
  }

  /** Where it is not there, nobody has touched it. */
  private Set<Path> touched(Path file) {
    Path whole = base().resolve(file);
    return Files.exists(whole) ? Set.of(whole) : Set.of();
  }

  private Path base() {
    WebInf webInf = generations.webInf();
    Path directory = webInf == null ? null : webInf.directory();
    return directory == null ? Path.of("") : directory;
  }

  /** Reloads, and waits for the end of that; returns what there is to say of it. */
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
      thread = starting; // not before: where no thread can be had, whoever asks next tries again
    }
  }

  private void work() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        goesOn = reloadNext();
      } catch (Throwable e) {
        // A look at files, or the log, has failed. There is nobody else to answer those who ask.
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

  /** Whether it is known where files are; if they are in an archive, that is said. */
  private boolean isStarted() {
    WebInf webInf = generations.webInf();
    String unsaid = packed;
    packed = webInf == null ? packed : null;
    if (webInf != null && unsaid != null && webInf.isCopy()) {
      LOG.log(System.Logger.Level.WARNING, unsaid);
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
    told.succeeded();
    String time = Seconds.text(Duration.ofNanos(System.nanoTime() - begun));
    String said =
        "Web application " + path + " was reloaded in " + time + " seconds; this is generation ";
    answer.complete(said + number + ".");
    LOG.log(System.Logger.Level.INFO, said + number + ".");
  }

  /** Has it seen that a reload has failed; the log comes last, for it may fail too. */
  private void failed(WsgiException failure, CompletableFuture<String> answer) {
    if (isClosed()) {
      LOG.log(System.Logger.Level.INFO, "The web application " + path + " ended as it reloaded.");
      return;
    }
    String again = again();
    String message = Rule.RELOAD_FAILED.message(path, failure.rule().code(), again);
    String text = StartFailure.told(failure, message);
    told.failed(text);
    generations.tellFailure(Rule.RELOAD_FAILED, text);
    answer.completeExceptionally(new IllegalStateException(text));
    StartFailure.log(failure, Rule.RELOAD_FAILED, context, again);
  }

  /** What an operator does to have it reload once more; in an archive nobody saves anything. */
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

  /** Reloads nothing more, and interrupts what is just being reloaded. */
  void stop() {
    told.notBy(reloader);
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

  /** Reloads nothing more, and waits until what was just being reloaded has ended. */
  @Override
  public void close() {
    stop();
    Uninterruptibly.join(running());
  }
}
