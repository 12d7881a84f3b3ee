// Starts applications while the container goes on, one after the other.
package org.isthmus.deploy;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.source.AppSource;
import org.isthmus.source.SharedApp;
import org.isthmus.source.StartingApp;

/**
 * What {@code isthmus.init.mode=background} does: requests find a {@link StartingApp} at once.
 *
 * <p><b>Threading.</b> Guarded by itself. One thread works off the queue, in its order, and ends
 * with it. {@link #stop} interrupts it, {@link #close} waits for its end.
 */
final class BackgroundStarts implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final ClassLoader loader;
  private final String path;
  private final Map<Object, AppSource> sources = new HashMap<>();
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private Thread thread;
  private boolean closed;

  /**
   * Has nothing to start yet.
   *
   * @param loader the context class loader of the thread that starts applications
   * @param path the web application, for the log
   */
  BackgroundStarts(ClassLoader loader, String path) {
    this.loader = loader;
    this.path = path;
  }

  /**
   * Returns a source that answers 503 until its application has started.
   *
   * @param key what is equal for equal applications, which are started once
   * @param start starts it; if it fails, that is logged and 503 stays the answer
   */
  synchronized AppSource add(Object key, Callable<AppSource> start) {
    AppSource known = sources.get(key);
    if (known != null || closed) {
      return known != null ? known : new StartingApp();
    }
    StartingApp starting = new StartingApp();
    sources.put(key, starting);
    queue.add(() -> start(start, starting));
    if (thread == null) {
      Thread worker = new Thread(this::work, "isthmus-start");
      worker.setContextClassLoader(loader);
      worker.setDaemon(true);
      worker.start();
      thread = worker; // not before: close() waits for it
    }
    return starting;
  }

  private void work() {
    for (Runnable next = next(); next != null; next = next()) {
      try {
        next.run();
      } catch (Throwable e) {
        // The log has failed. The others are to be started all the same, and close() waits.
        Thread here = Thread.currentThread();
        here.getUncaughtExceptionHandler().uncaughtException(here, e);
      }
    }
  }

  private synchronized Runnable next() {
    Runnable next = closed ? null : queue.poll();
    if (next == null) {
      thread = null;
    }
    return next;
  }

  // Errors too: there is nobody else to tell of them.
  private void start(Callable<AppSource> start, StartingApp starting) {
    try {
      starting.become(start.call());
    } catch (Throwable e) {
      starting.become(new SharedApp(new FailedApp("", null)));
      log(StartFailure.broken(e));
    }
  }

  /** Logs that an application did not start, unless that is because the web application ends. */
  void log(WsgiException failure) {
    if (isClosed()) {
      LOG.log(System.Logger.Level.INFO, "The web application " + path + " ended as it started.");
    } else {
      String message = Rule.BACKGROUND_FAILED.message(path, failure.rule().code());
      LOG.log(System.Logger.Level.ERROR, message, failure);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Starts nothing more, and interrupts what is just being started. */
  synchronized void stop() {
    if (!closed && thread != null) {
      thread.interrupt();
    }
    closed = true;
  }

  /** Starts nothing more, and waits until what was just being started has ended. */
  @Override
  public void close() {
    stop();
    Uninterruptibly.join(running());
  }

  private synchronized Thread running() {
    return thread;
  }
}
