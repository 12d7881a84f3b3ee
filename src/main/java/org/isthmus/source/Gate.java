// Lets requests in until it is closed, and knows when the last one has left.
package org.isthmus.source;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What stands before an application that is to be closed while the server goes on.
 *
 * <p><b>Threading.</b> Any number of threads enter and leave, without a lock and without a place in
 * memory that all of them write to.
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
    // Counted before the look at the gate: whoever closes it sees all who were let in.
    entered.increment();
    if (closed) {
      left.increment();
      return false;
    }
    return true;
  }

  /** Tells that a request which was let in has ended. */
  public void leave() {
    left.increment();
  }

  /** Returns how many requests are inside; while others come and go, about so many. */
  public long inside() {
    // In this order: who is counted as gone has been counted as come.
    long gone = left.sum();
    return entered.sum() - gone;
  }

  /** Lets nobody in from now on. */
  public void close() {
    closed = true;
  }

  /**
   * Waits until nobody is inside; the gate must be closed.
   *
   * @param timeout how long it waits
   * @return false if somebody still is
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
