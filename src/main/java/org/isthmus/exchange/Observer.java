// Observes exchanges as they begin, fail and end: the interface for metrics.
package org.isthmus.exchange;

import org.isthmus.errors.Rule;

/**
 * Receives the events of one application's exchanges; by default it ignores them.
 *
 * <p><b>Threading.</b> Called by the threads of requests, any number at once; implementations must
 * not wait for a lock.
 */
public interface Observer {
  /** Ignores everything. */
  Observer NONE = new Observer() {};

  /** Returns true if exchanges should measure times. */
  default boolean isTiming() {
    return false;
  }

  /** An exchange has begun, on this thread. */
  default void began(Exchange exchange) {}

  /**
   * A rule was broken.
   *
   * @param exchange the one in which it was broken
   * @param text the message, with the traceback and causes below it
   */
  default void failed(Exchange exchange, Rule rule, String text) {}

  /** An exchange has ended, whatever the outcome, on the thread on which it began. */
  default void ended(Exchange exchange) {}
}
