// When a request of one servlet or filter is logged as slow, and when it is ended.
package org.isthmus.timeouts;

import java.time.Duration;
import org.isthmus.errors.Seconds;
import org.isthmus.exchange.Deadline;

/** The values of {@code isthmus.slow} and {@code isthmus.timeout}. Immutable. */
public final class TimeLimits {
  private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

  final Duration slow;
  final Duration timeout;

  /**
   * Creates limits.
   *
   * @param slow null for none
   * @param timeout null for none
   */
  public TimeLimits(Duration slow, Duration timeout) {
    this.slow = slow == null ? NEVER : slow;
    this.timeout = timeout == null ? NEVER : timeout;
  }

  /** Returns the smaller of the two; {@code Long.MAX_VALUE} if there is none. */
  long smallest() {
    return Math.min(slow.toNanos(), timeout.toNanos());
  }

  /** Returns true if there is a limit. */
  public boolean isAny() {
    return smallest() != Long.MAX_VALUE;
  }

  /** Starts the clock of one request, on its thread; returns null if it has no timeout. */
  Deadline deadline() {
    return timeout == NEVER ? null : new Deadline(Seconds.text(timeout));
  }
}
