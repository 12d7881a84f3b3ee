// Starts applications one after the other while the container continues.
package org.isthmus.deploy;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.isthmus.concurrency.AppSource;
import org.isthmus.concurrency.SharedSource;
import org.isthmus.concurrency.StartingSource;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * What {@code isthmus.init.mode=background} does: requests find a {@link StartingSource} at once.
 *
 * <p><b>Threading.</b> Guarded by itself. One thread processes the queue in order and ends when it
 * is empty. {@link #stop} interrupts it, {@link #close} waits for its end.
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
   * Creates an empty queue.
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
   * @param key equal for equal applications, which are started once
   * @param start starts it; if it fails, that is logged and requests keep getting 503
   */
  synchronized AppSource add(Object key, Callable<AppSource> start) {
    AppSource known = sources.get(key);
    if (known != null || closed) {
      return known != null ? known : new StartingSource();
    }
    StartingSource starting = new StartingSource();
    sources.put(key, starting);
    queue.add(() -> start(start, starting));
    if (thread == null) {
      Thread worker = new Thread(this::work, "isthmus-start");
      worker.setContextClassLoader(loader);
      worker.setDaemon(true);
      worker.start();
      thread = worker; // only now: close() waits for it
    }
    return starting;
  }

  private void work() {
    for (Runnable next = next(); next != null; next = next()) {
      try {
        next.run();
      } catch (Throwable e) {
        // Logging failed. Start the others regardless, because close() waits.
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

  // Errors too: nothing else reports them.
  private void start(Callable<AppSource> start, StartingSource starting) {
    try {
      starting.become(start.call());
    } catch (Throwable e) {
      starting.become(new SharedSource(new FailedApp("", null)));
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

  /** Starts nothing more, and interrupts the start in progress. */
  synchronized void stop() {
    if (!closed && thread != null) {
      thread.interrupt();
    }
    closed = true;
  }

  /** Starts nothing more, and waits for the start in progress to end. */
  @Override
  public void close() {
    stop();
    Uninterruptibly.join(running());
  }

  private synchronized Thread running() {
    return thread;
  }
}
