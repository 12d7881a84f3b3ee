// Thrown if no application, or no process of one, is free right now: a 503 with Retry-After.
package org.isthmus.engine;

import org.isthmus.errors.Rule;

/** Refuses a request. It has no stack trace, because no code is at fault. */
public final class Unavailable extends RuntimeException {
  private final long seconds;
  private final transient Rule rule;

  /**
   * Creates the refusal.
   *
   * @param seconds after which the client may retry; at least 1
   * @param rule why, for the log
   * @param values the arguments of {@link Rule#message}
   */
  public Unavailable(long seconds, Rule rule, Object... values) {
    super(rule.message(values), null, false, false);
    this.seconds = Math.max(1, seconds);
    this.rule = rule;
  }

  /** Returns why, as a rule. */
  public Rule rule() {
    return rule;
  }

  /** Returns after how many seconds the client may retry. */
  public long seconds() {
    return seconds;
  }
}
