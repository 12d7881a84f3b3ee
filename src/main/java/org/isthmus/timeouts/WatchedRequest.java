// One request that may take too long: its thread, its start, and what has been logged about it.
package org.isthmus.timeouts;

import org.isthmus.exchange.Deadline;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.SafeText;

/**
 * What the {@link Watchdog} knows about a request, until it is closed. What the request dispatches
 * (RequestDispatcher) runs on the same thread and is part of it.
 *
 * <p><b>Threading.</b> Made and closed by the request's thread; the flags belong to the watchdog.
 */
public final class WatchedRequest implements AutoCloseable {
  final Thread thread = Thread.currentThread();
  final long began = System.nanoTime();
  final TimeLimits limits;
  final Exchange exchange;

  /** Null if the request has no timeout. */
  final Deadline deadline;

  boolean isSlow;
  boolean isLate;
  boolean remains;

  private final Watchdog watchdog;
  private final String line; // kept, because the container reuses the request itself
  private int dispatched;

  WatchedRequest(Watchdog watchdog, Exchange exchange, TimeLimits limits) {
    this.watchdog = watchdog;
    this.exchange = exchange;
    this.limits = limits;
    this.line = exchange.line();
    this.deadline = limits.deadline();
    exchange.limit(deadline);
  }

  /** Adds a nested dispatch, which must be closed too. */
  WatchedRequest with(Exchange inner) {
    dispatched++;
    inner.limit(deadline);
    return this;
  }

  @Override
  public void close() {
    if (dispatched > 0) {
      dispatched--;
      return;
    }
    watchdog.end(this);
    if (deadline != null) {
      deadline.end();
    }
  }

  /** Returns how a log record describes it. */
  String description() {
    return line + ", thread " + SafeText.quoted(thread.getName());
  }
}
