// What is told of exchanges as they begin, fail and end: the seam for metrics.
package org.isthmus.exchange;

import org.isthmus.errors.Rule;

/**
 * Is told of each exchange of one application; by default it is told for nothing.
 *
 * <p><b>Threading.</b> Called by the threads of requests, any number at once: no lock is to be
 * waited for here.
 */
public interface Observer {
  /** Wants to know nothing. */
  Observer NONE = new Observer() {};

  /** Returns true if exchanges are to take the time of what they do. */
  default boolean isTiming() {
    return false;
  }

  /** An exchange has begun, on this thread. */
  default void began(Exchange exchange) {}

  /**
   * A rule was broken.
   *
   * @param exchange during which it was
   * @param text the message with what follows it: a traceback, causes
   */
  default void failed(Exchange exchange, Rule rule, String text) {}

  /** An exchange has ended, whatever came of it, on the thread on which it began. */
  default void ended(Exchange exchange) {}
}
