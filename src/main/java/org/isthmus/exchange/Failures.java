// What happens when an application fails: one log record, one answer.
package org.isthmus.exchange;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Logs failures with the Python traceback and the Java cause, and answers the client, the same way
 * for every engine.
 *
 * <p><b>Threading.</b> Immutable; used by the threads of requests.
 */
public final class Failures {
  private static final System.Logger LOG = System.getLogger("org.isthmus.app");

  /** Rules that a request breaks before the application is called. */
  private static final Set<Rule> OF_REQUESTS =
      Set.of(Rule.UNDERSCORE_REFUSED, Rule.LENGTH_REFUSED, Rule.WEBSOCKET_REFUSED, Rule.CHAIN_PATH);

  private final String appName;
  private final Function<Throwable, String> traceback;

  /**
   * Prepares for the failures of one application.
   *
   * @param appName its name in the log
   * @param traceback describes a failure that is not a {@link WsgiException}
   */
  public Failures(String appName, Function<Throwable, String> traceback) {
    this.appName = appName;
    this.traceback = traceback;
    rehearse();
  }

  /**
   * Loads the classes that handling a failure needs. Once Tomcat has stopped a web application, it
   * loads no more classes for it, and a request that outlives its unloadDelay fails exactly then.
   */
  private void rehearse() {
    String aborted = SafeText.escaped(ResponseAborted.class.getName() + "\n");
    Objects.requireNonNull(traceback.apply(new WsgiException(Rule.APPLICATION_RAISED, aborted)));
  }

  /**
   * Logs a failure and answers for it; no detail reaches the client.
   *
   * @throws IOException if the response has begun, so that the container cuts the connection
   */
  public void answer(Exchange exchange, Throwable failure) throws IOException {
    if (exchange.isOfClient(failure)) {
      if (exchange.client().isMalformed()) {
        String message = exchange.lost().getMessage();
        log(System.Logger.Level.WARNING, exchange, Rule.BODY_BROKEN, message);
      } else {
        LOG.log(
            System.Logger.Level.DEBUG,
            () -> "The client went away: " + exchange.line() + ": " + exchange.lost().getMessage());
      }
      exchange.fail(400);
      return;
    }
    if (failure instanceof ResponseAborted) {
      throw (ResponseAborted) failure; // already reported
    }
    if (exchange.isTimedOut()) {
      // The watchdog has reported it, with the application's stack.
      LOG.log(
          System.Logger.Level.DEBUG, () -> "Ended by its time limit: " + traceback.apply(failure));
      exchange.timeOut(SafeText.lines("\n" + traceback.apply(failure)));
      return;
    }
    if (exchange.isCut()) {
      LOG.log(System.Logger.Level.DEBUG, () -> "Ended with Python: " + traceback.apply(failure));
      log(System.Logger.Level.WARNING, exchange, Rule.RESPONSE_CUT, Rule.RESPONSE_CUT.message());
      exchange.fail(503);
      return;
    }
    if (exchange.client().isTooLarge()) {
      log(System.Logger.Level.WARNING, exchange, Rule.REQUEST_TOO_LARGE, failure.getMessage());
      exchange.fail(413);
      return;
    }
    if (failure instanceof WsgiException) {
      Rule rule = ((WsgiException) failure).rule();
      if (OF_REQUESTS.contains(rule)) {
        log(System.Logger.Level.WARNING, exchange, rule, failure.getMessage());
        exchange.fail(rule == Rule.WEBSOCKET_REFUSED ? 501 : 400);
        return;
      }
      log(System.Logger.Level.ERROR, exchange, rule, failure.getMessage());
    } else {
      report(exchange, Rule.APPLICATION_RAISED, failure);
    }
    exchange.fail(500);
  }

  /** Logs a failure that does not affect the client. */
  public void report(Exchange exchange, Rule rule, Throwable failure) {
    if (exchange.isOfClient(failure)) {
      LOG.log(System.Logger.Level.DEBUG, () -> "After the client went away: " + failure);
      return;
    }
    log(System.Logger.Level.ERROR, exchange, rule, text(rule, failure));
  }

  /** Logs a broken rule that does not affect the response. */
  public void warn(Exchange exchange, Rule rule) {
    log(System.Logger.Level.WARNING, exchange, rule, rule.message());
  }

  /** Returns a logger for failures after the exchange has ended because its client is gone. */
  public BiConsumer<Rule, Throwable> afterwards(Exchange exchange) {
    String request = exchange.line();
    return (rule, failure) -> {
      boolean isRule = failure instanceof WsgiException;
      String text = isRule ? failure.getMessage() : text(rule, failure);
      write(System.Logger.Level.ERROR, request, first(text), rest(text));
    };
  }

  private String text(Rule rule, Throwable failure) {
    String message = rule == Rule.APPLICATION_RAISED ? rule.message("") : rule.message();
    return message + "\n" + traceback.apply(failure);
  }

  private void log(System.Logger.Level level, Exchange exchange, Rule rule, String message) {
    String first = first(message);
    String rest = rest(message);
    write(level, exchange.line(), first, rest);
    exchange.report(rule, first + rest);
  }

  private void write(System.Logger.Level level, String request, String first, String rest) {
    LOG.log(level, first + " (" + appName + ", " + request + ")" + rest);
  }

  private static String first(String message) {
    int line = message.indexOf('\n');
    return line < 0 ? message : message.substring(0, line);
  }

  private static String rest(String message) {
    int line = message.indexOf('\n');
    return line < 0 ? "" : SafeText.lines(message.substring(line));
  }
}
