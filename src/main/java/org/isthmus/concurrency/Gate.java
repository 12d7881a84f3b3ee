// Admits requests until it is closed, and knows when the last one has left.
package org.isthmus.concurrency;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Guards an application that may be closed while the server keeps running.
 *
 * <p><b>Threading.</b> Any number of threads enter and leave, without a lock and without a memory
 * location that all of them write to.
 */
public final class Gate {
  private static final long POLL_MILLIS = 5;

  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private volatile boolean closed;

  /** Creates an open gate. */
  public Gate() {}

  /**
   * Lets a request in.
   *
   * @return false if the gate is closed; if it is true, {@link #leave} must follow
   */
  public boolean enter() {
    // Counted before the gate is checked, so the closing thread sees every admitted request.
    entered.increment();
    if (closed) {
      left.increment();
      return false;
    }
    return true;
  }

  /** Records that an admitted request has ended. */
  public void leave() {
    left.increment();
  }

  /** Returns how many requests are inside; approximate while requests come and go. */
  public long inside() {
    // In this order, so that every request counted as gone has been counted as admitted.
    long gone = left.sum();
    return entered.sum() - gone;
  }

  /** Admits no more requests. */
  public void close() {
    closed = true;
  }

  /**
   * Waits until no request is inside; the gate must be closed.
   *
   * @param timeout how long it waits
   * @return false if a request is still inside
   */
  public boolean awaitEmpty(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    while (inside() > 0 && System.nanoTime() - end < 0) {
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return inside() == 0;
  }
}
