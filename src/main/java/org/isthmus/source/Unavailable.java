// Thrown where no application can be lent just now: a 503, and when to come back.
package org.isthmus.source;

import org.isthmus.errors.Rule;

/** A request that has to be refused. It has no stack: nothing is wrong with any code. */
public final class Unavailable extends RuntimeException {
  private final long seconds;
  private final transient Rule rule;

  /**
   * Creates the refusal.
   *
   * @param seconds after which the client may try again
   * @param rule why, for the log
   * @param values what {@link Rule#message} asks for
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

  /** Returns for how many seconds the client should leave it. */
  public long seconds() {
    return seconds;
  }
}
