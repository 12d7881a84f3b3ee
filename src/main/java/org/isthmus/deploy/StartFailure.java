// A failed start: logged once, in full, and thrown without details that clients must not see.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Mount;

/**
 * What a servlet's or filter's init throws when its application cannot be loaded.
 *
 * <p>Each container logs an exception from init in its own way: Tomcat only a servlet's innermost
 * cause, Jetty a traceback on one line. And if a servlet starts with its first request, Tomcat
 * shows everything to the client. So the full failure is logged here, with the Python traceback and
 * every cause, and this exception has neither a cause nor a stack trace; its message has no
 * details.
 */
public final class StartFailure extends ServletException {
  private final String reason;

  private StartFailure(String message, String reason) {
    super(message);
    this.reason = reason;
  }

  /** Returns what was broken, with the remedy; for the operator, not for clients. */
  public String reason() {
    return reason;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** Logs why a component of a web application did not start; returns what to throw. */
  public static StartFailure of(WsgiException failure, ServletContext context) {
    log(failure, Rule.START_FAILED, context, "The cause follows.");
    String message = message(failure, Rule.START_FAILED, context, "The log has the cause.");
    return new StartFailure(message, failure.getMessage());
  }

  /**
   * Logs a failure with all its causes.
   *
   * @param rule its message begins with the context path and the code of what was broken
   * @param values what else the message shows
   */
  static void log(WsgiException failure, Rule rule, ServletContext context, Object... values) {
    String message = message(failure, rule, context, values);
    System.getLogger("org.isthmus").log(System.Logger.Level.ERROR, message, failure);
  }

  /** Returns a failure as a broken rule: a general rule, unless it already is one. */
  static WsgiException broken(Throwable failure) {
    return failure instanceof WsgiException
        ? (WsgiException) failure
        : new WsgiException(failure, Rule.ENGINE_FAILED, failure);
  }

  /** Returns a message followed by those of a failure and all its causes, with tracebacks. */
  static String fullText(WsgiException failure, String message) {
    StringBuilder text = new StringBuilder(message);
    for (Throwable part = failure; part != null; part = part.getCause()) {
      text.append('\n').append(String.valueOf(part.getMessage()).strip());
    }
    return text.toString();
  }

  private static String message(
      WsgiException failure, Rule rule, ServletContext context, Object... values) {
    List<Object> all = new ArrayList<>(List.of(Mount.displayPath(context), failure.rule().code()));
    all.addAll(List.of(values));
    return rule.message(all.toArray());
  }
}
