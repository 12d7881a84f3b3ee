// A broken rule, thrown.
package org.isthmus.errors;

/**
 * A rule was broken; the message carries its code, the offending value and the remedy.
 *
 * <p>It has no stack trace: where Isthmus checks a rule does not help anyone to fix it. The cause,
 * if any, has one.
 */
public final class WsgiException extends RuntimeException {
  private final transient Rule rule;

  /**
   * Creates the exception for one broken rule.
   *
   * @param rule the rule
   * @param values the arguments of {@link Rule#message}
   */
  public WsgiException(Rule rule, Object... values) {
    this(null, rule, values);
  }

  /**
   * Creates the exception for one broken rule, with its cause.
   *
   * @param cause what led to it; kept for the log
   * @param rule the rule
   * @param values the arguments of {@link Rule#message}
   */
  public WsgiException(Throwable cause, Rule rule, Object... values) {
    super(rule.message(values), cause, true, false);
    this.rule = rule;
  }

  /** Returns the rule that was broken. */
  public Rule rule() {
    return rule;
  }
}
