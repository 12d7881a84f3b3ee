// Old generations, which get no new requests: each closes when its last request has ended.
package org.isthmus.deploy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isthmus.concurrency.AppSource;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
import org.isthmus.exchange.Running;

/**
 * After a reload the server keeps running, so a request that takes longer than {@code
 * isthmus.drain} is not cut off; it is logged, and its generation is kept. If too many generations
 * are kept, the oldest is closed.
 *
 * <p><b>Threading.</b> Each generation has a thread that waits for it and closes it. Requests read
 * without a lock.
 */
final class Draining implements AutoCloseable {
  /** How many generations may be kept for long requests. */
  private static final int MAX_KEPT = 2;

  /**
   * How many there may be, including those being closed (which takes as long as exit functions do).
   */
  private static final int MAX = 4;

  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final long POLL_MILLIS = 250;

  private final ClassLoader loader;
  private final String path;
  private final Running running;
  private final List<Old> all = new CopyOnWriteArrayList<>();
  private long drained = System.nanoTime(); // when the last generation was closed to new requests
  private boolean closed;

  /** One generation. */
  private static final class Old {
    final Generation generation;
    final CountDownLatch left = new CountDownLatch(1);
    Thread thread;
    long since; // its requests have begun between these two, as System.nanoTime
    long until;
    boolean isKept;
    boolean isClosing;

    Old(Generation generation) {
      this.generation = generation;
    }
  }

  /**
   * Creates an empty set.
   *
   * @param loader the context class loader of threads
   * @param path the web application, for the log
   * @param running its requests, if they are counted
   */
  Draining(ClassLoader loader, String path, Running running) {
    this.loader = loader;
    this.path = path;
    this.running = running;
  }

  /** Returns true if there is no old generation, as is nearly always the case. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns an application's source in the old generation that this thread is running in. */
  AppSource aroundThisThread(WantedApp wanted) {
    for (Old old : all) {
      if (old.generation.applications.hasThisThread()) {
        return old.generation.applications.source(wanted);
      }
    }
    return null;
  }

  /**
   * Adds a generation, with the thread that will close it; requests may still enter it.
   *
   * @param timeout after which requests that are still running are logged
   */
  synchronized void add(Generation generation, Duration timeout) {
    Old old = new Old(generation);
    old.thread = new Thread(null, () -> end(old, timeout), "isthmus-drain", 0, false);
    old.thread.setContextClassLoader(loader);
    old.thread.setDaemon(true);
    all.add(old);
    boolean started = false;
    try {
      old.thread.start();
      started = true;
    } finally {
      if (!started) {
        all.remove(old);
      }
    }
  }

  /** Lets no new request into the last added generation, and closes it once it is empty. */
  synchronized void drain() {
    Old old = all.get(all.size() - 1);
    old.generation.gate.close();
    old.since = drained;
    drained = System.nanoTime();
    old.until = drained;
    old.left.countDown();
  }

  /** Waits until there is room for one more. */
  synchronized void awaitRoom() throws InterruptedException {
    while (all.size() >= MAX) {
      limitKept();
      wait();
    }
  }

  private void end(Old old, Duration timeout) {
    try {
      old.left.await();
      boolean isEmpty = old.generation.gate.awaitEmpty(timeout);
      if (!isEmpty && !Thread.currentThread().isInterrupted()) {
        keep(old, timeout);
      }
    } catch (InterruptedException e) {
      // The web application ends.
    } finally {
      close(old);
    }
  }

  private void close(Old old) {
    synchronized (this) {
      old.isKept = false;
      old.isClosing = true; // and must not be interrupted
    }
    Thread.interrupted();
    try {
      old.generation.applications.close();
    } finally {
      synchronized (this) {
        all.remove(old);
        notifyAll();
      }
    }
  }

  private void keep(Old old, Duration timeout) {
    Generation generation = old.generation;
    log(Rule.GENERATION_KEPT, old, timeout);
    synchronized (this) {
      old.isKept = true;
      limitKept();
    }
    try {
      while (generation.gate.inside() > 0) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      if (!isClosed()) {
        log(Rule.GENERATION_CUT, old, timeout);
      }
    }
  }

  /** Closes the oldest of those that wait for their requests, if there are too many. */
  private synchronized void limitKept() {
    long kept = all.stream().filter(old -> old.isKept).count();
    int max = all.size() < MAX ? MAX_KEPT : MAX_KEPT - 1;
    for (Old old : all) {
      if (old.isKept && kept > max) {
        old.thread.interrupt();
        old.isKept = false;
        kept--;
      }
    }
  }

  private void log(Rule rule, Old old, Duration timeout) {
    Generation generation = old.generation;
    long inside = generation.gate.inside();
    if (inside > 0) {
      String requests = inside == 1 ? "1 request is" : inside + " requests are";
      String message = rule.message(requests, generation.number, path, Seconds.text(timeout));
      String names =
          running.named(
              each ->
                  each.times().began() - old.since >= 0 && each.times().began() - old.until <= 0);
      try {
        LOG.log(System.Logger.Level.WARNING, message + names);
      } catch (RuntimeException | Error e) {
        // Requests, and the end of their generation, are unaffected.
        Thread here = Thread.currentThread();
        here.getUncaughtExceptionHandler().uncaughtException(here, e);
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Closes all generations without waiting for their requests; returns when all are closed. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      all.stream().filter(old -> !old.isClosing).forEach(old -> old.thread.interrupt());
    }
    all.forEach(old -> Uninterruptibly.join(old.thread));
  }
}
