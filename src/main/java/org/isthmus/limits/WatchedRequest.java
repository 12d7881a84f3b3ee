// One request that may take too long: on which thread, since when.
package org.isthmus.limits;

import java.util.List;
import org.isthmus.exchange.Deadline;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Quoted;

/**
 * What the watchdog knows of a request.
 *
 * <p><b>Threading.</b> Made by the request's thread, read by the watchdog.
 */
public final class WatchedRequest {
  final Thread thread = Thread.currentThread();
  final long began = System.nanoTime();
  final TimeLimits limits;

  /** Null if the request may take as long as it likes. */
  public final Deadline deadline;

  private final Exchange exchange;
  private final String line; // kept, for the container reuses the request itself

  /**
   * Begins on the current thread.
   *
   * @param exchange the request's own, not one that is dispatched within it
   */
  public WatchedRequest(Exchange exchange, TimeLimits limits) {
    this.exchange = exchange;
    this.line = exchange.line();
    this.limits = limits;
    this.deadline = limits.deadline();
  }

  /** Ends it, on its thread. */
  public void end() {
    if (deadline != null) {
      deadline.end();
    }
  }

  /** Returns where in Python it is, the innermost frame first. */
  List<String> pythonStack(StackTraceElement[] stack) {
    return exchange.pythonStack(stack);
  }

  /** Returns what a log record says of it. */
  String description() {
    return line + ", thread " + Quoted.of(thread.getName());
  }
}
