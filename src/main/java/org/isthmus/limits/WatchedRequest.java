// One request that may take too long: on which thread, since when.
package org.isthmus.limits;

import org.isthmus.exchange.Deadline;
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

  private final String line;

  /**
   * Begins on the current thread.
   *
   * @param line method and target, made safe: the container reuses the request itself
   */
  public WatchedRequest(String line, TimeLimits limits) {
    this.line = line;
    this.limits = limits;
    this.deadline = limits.deadline();
  }

  /** Ends it, on its thread. */
  public void end() {
    if (deadline != null) {
      deadline.end();
    }
  }

  /** Returns what a log record says of it. */
  String description() {
    return line + ", thread " + Quoted.of(thread.getName());
  }
}
