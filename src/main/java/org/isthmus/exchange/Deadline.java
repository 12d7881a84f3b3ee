// Ends a request from another thread: interrupts the application's code, and nothing else.
package org.isthmus.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Passes the timeout of one request from the watchdog to the request's thread, or the end of its
 * interpreter from the thread that closes it.
 *
 * <p>An interrupt reaches the thread only while the application's own code runs on it. If it came
 * while the container reads or writes, it would close the socket (Java's channels do), which in
 * HTTP/2 carries other requests too; if it came after the request, it would interrupt the next one.
 * A thread that waits for its client is subject to the container's own timeouts; it gets the
 * timeout when it returns to the application.
 *
 * <p><b>Threading.</b> The request's thread and those two; guarded by this.
 */
public final class Deadline {
  private final Thread thread = Thread.currentThread();
  private final String seconds;
  private final Deque<Exchange> exchanges = new ArrayDeque<>(2); // innermost first
  private final Deque<Boolean> outerOutside = new ArrayDeque<>(2); // of the outer exchanges
  private boolean outside; // in the container, which must not be interrupted
  private boolean timedOut;
  private Exchange cut; // has to end, and what is dispatched within it; null: none
  private boolean delivered; // the application was interrupted, or got an exception
  private boolean ended;

  /**
   * Begins on the current thread.
   *
   * @param seconds the request's timeout, as messages show it
   */
  public Deadline(String seconds) {
    this.seconds = seconds;
  }

  /** An exchange begins on this thread: the request's, or one dispatched within it. */
  synchronized void add(Exchange exchange) {
    if (!exchanges.isEmpty()) {
      outerOutside.push(
          outside); // the container calls an application, such as one that is included
      outside = false;
    }
    exchanges.push(exchange);
    if (over() != null && !outside && !delivered) {
      interrupt();
    }
  }

  /** An exchange ends. If it was cut, the one that has dispatched it goes on. */
  synchronized void remove(Exchange exchange) {
    exchanges.remove(exchange);
    if (exchange == cut) {
      takeInterrupt();
      cut = null;
      delivered = timedOut;
    }
    if (!outerOutside.isEmpty()) {
      outside = outerOutside.pop();
    }
  }

  private void interrupt() {
    delivered = true;
    Exchange innermost = exchanges.peek();
    if (innermost == null) {
      thread.interrupt();
    } else {
      innermost.interrupt(thread);
    }
  }

  /** Returns the message for a request that timed out. */
  String message() {
    return Rule.TIMED_OUT.message(seconds);
  }

  /**
   * Interrupts the application, because the request has timed out.
   *
   * @return false if the request has ended
   */
  public synchronized boolean pass() {
    if (ended) {
      return false;
    }
    timedOut = true;
    stop();
    return true;
  }

  /**
   * Interrupts an exchange's application, unless it has ended, because its interpreter is to be
   * closed. That of an exchange around it may be another one.
   */
  synchronized void cut(Exchange exchange) {
    if (!ended && exchanges.contains(exchange)) {
      cut = cut == null || isWithin(cut, exchange) ? exchange : cut;
      stop();
    }
  }

  /** Returns true if an exchange was dispatched within another one. */
  private boolean isWithin(Exchange inner, Exchange outer) {
    List<Exchange> innermostFirst = List.copyOf(exchanges);
    return innermostFirst.indexOf(inner) < innermostFirst.indexOf(outer);
  }

  private void stop() {
    delivered = false; // perhaps what came before was
    if (!outside) {
      interrupt();
    }
  }

  /** Returns why the application has to end; null while it may run. */
  private Rule over() {
    if (timedOut) {
      return Rule.TIMED_OUT;
    }
    return cut == null ? null : Rule.RESPONSE_CUT;
  }

  /**
   * Records that the request has ended, and clears our interrupt, which would otherwise stay on the
   * container's thread.
   */
  public synchronized void end() {
    ended = true;
    takeInterrupt();
  }

  /**
   * Passes from the application to the container.
   *
   * @throws WsgiException if the application has to end
   */
  synchronized void leaveApp() {
    outside = true;
    Rule over = over();
    if (over != null) {
      takeInterrupt();
      throw over == Rule.TIMED_OUT ? new WsgiException(over, seconds) : new WsgiException(over);
    }
  }

  /** Passes back to the application, and interrupts it now if it has to end since then. */
  synchronized void enterApp() {
    outside = false;
    if (over() != null && !delivered) {
      interrupt();
    }
  }

  /**
   * Ends the application's part in the request; Isthmus answers it.
   *
   * @return why it had to end; null if it had not
   */
  synchronized Rule giveUp() {
    outside = true;
    takeInterrupt();
    return over();
  }

  @SuppressWarnings("ResultOfMethodCallIgnored")
  private void takeInterrupt() {
    if (over() != null) {
      delivered = true;
      Thread.interrupted();
    }
  }
}
