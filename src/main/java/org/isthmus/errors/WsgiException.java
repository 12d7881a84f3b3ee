// A broken rule, thrown.
package org.isthmus.errors;

/** A rule was broken; the message carries its code, the offending value and the remedy. */
public final class WsgiException extends RuntimeException {
  private final transient Rule rule;

  /**
   * Creates the exception for one broken rule.
   *
   * @param rule the rule
   * @param values what {@link Rule#message} asks for
   */
  public WsgiException(Rule rule, Object... values) {
    super(rule.message(values));
    this.rule = rule;
  }

  /**
   * Creates the exception for one broken rule, with its cause.
   *
   * @param cause what led to it; kept for the log
   * @param rule the rule
   * @param values what {@link Rule#message} asks for
   */
  public WsgiException(Throwable cause, Rule rule, Object... values) {
    super(rule.message(values), cause);
    this.rule = rule;
  }

  /** Returns the rule that was broken. */
  public Rule rule() {
    return rule;
  }
}
