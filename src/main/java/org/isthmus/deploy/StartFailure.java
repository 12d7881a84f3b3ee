// A start that failed: logged once, in full, and thrown without what a client may not see.
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
 * <p>Containers log an exception of init each in its own way: Tomcat a servlet's innermost cause
 * alone, Jetty a traceback on one line. And where a servlet starts with its first request, Tomcat
 * shows all of it to the client. So the log gets the whole of it from here, with the Python
 * traceback and every cause, and this exception has neither a cause nor a stack.
 */
public final class StartFailure extends ServletException {
  private StartFailure(String message) {
    super(message);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** Logs why a component of a web application did not start; returns what to throw. */
  public static StartFailure of(WsgiException failure, ServletContext context) {
    log(failure, Rule.START_FAILED, context, "The cause follows.");
    return new StartFailure(message(failure, Rule.START_FAILED, context, "The log has the cause."));
  }

  /**
   * Logs a failure with all that led to it.
   *
   * @param rule its message begins with the context path and the code of what was broken
   * @param values what else the message shows
   */
  static void log(WsgiException failure, Rule rule, ServletContext context, Object... values) {
    String message = message(failure, rule, context, values);
    System.getLogger("org.isthmus").log(System.Logger.Level.ERROR, message, failure);
  }

  /** Returns a failure as a broken rule, a general one if it is no such thing. */
  static WsgiException broken(Throwable failure) {
    return failure instanceof WsgiException
        ? (WsgiException) failure
        : new WsgiException(failure, Rule.ENGINE_FAILED, failure);
  }

  /** Returns a message with those of a failure and of all that led to it, tracebacks included. */
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
