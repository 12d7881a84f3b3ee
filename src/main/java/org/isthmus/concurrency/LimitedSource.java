// Another source's application, for a limited number of requests at once.
package org.isthmus.concurrency;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.isthmus.engine.Unavailable;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;

/**
 * Admits requests in order of arrival, and refuses those that have waited too long.
 *
 * <p>A request that another request dispatches (RequestDispatcher) counts as part of that one;
 * otherwise it would wait for itself.
 *
 * <p><b>Threading.</b> Any number of threads; a fair semaphore has the queue.
 */
public final class LimitedSource implements AppSource {
  private final AppSource source;
  private final int max;
  private final Duration timeout;
  private final Semaphore permits;
  private final Set<Thread> admitted;

  /**
   * Limits a source.
   *
   * @param max how many requests are admitted at once
   * @param timeout how long one more may wait
   * @param admitted the threads of admitted requests, of every such source of a web application: a
   *     thread-safe set
   */
  public LimitedSource(AppSource source, int max, Duration timeout, Set<Thread> admitted) {
    this.source = source;
    this.max = max;
    this.timeout = timeout;
    this.permits = new Semaphore(max, true);
    this.admitted = admitted;
  }

  @Override
  public Lease borrow() {
    Thread thread = Thread.currentThread();
    if (admitted.contains(thread)) {
      return source.borrow();
    }
    queue();
    try {
      Lease lease = source.borrow();
      admitted.add(thread);
      return new Admitted(lease, thread);
    } catch (Throwable e) {
      permits.release();
      throw e;
    }
  }

  private void queue() {
    try {
      if (!permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        String time = Seconds.text(timeout);
        throw new Unavailable(timeout.toSeconds(), Rule.TOO_MANY_REQUESTS, max, time);
      }
    } catch (InterruptedException e) {
      throw new Unavailable(1, Rule.WAIT_INTERRUPTED);
    }
  }

  private final class Admitted implements Lease {
    private final Lease lease;
    private final Thread thread;

    Admitted(Lease lease, Thread thread) {
      this.lease = lease;
      this.thread = thread;
    }

    @Override
    public WsgiApp app() {
      return lease.app();
    }

    @Override
    public void close() {
      admitted.remove(thread);
      try {
        lease.close();
      } finally {
        permits.release();
      }
    }
  }
}
