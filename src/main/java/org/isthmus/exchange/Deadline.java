// The end of a request's time: interrupts the application's code, and nothing else.
package org.isthmus.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Stands between a watchdog and the thread of one request.
 *
 * <p>An interrupt reaches the thread only while the application's own code runs on it. One that
 * came while the container reads or writes would close the socket (Java's channels do), and with
 * HTTP/2 that is the socket of other requests too; one that came after the end would hit the next
 * request. A thread that waits for its client is stopped by the container's own time limits, and
 * learns here that it is late as soon as it goes on.
 *
 * <p><b>Threading.</b> The request's thread and the watchdog; guarded by this.
 */
public final class Deadline {
  private final Thread thread = Thread.currentThread();
  private final String seconds;
  private final Deque<Exchange> exchanges = new ArrayDeque<>(2); // what is dispatched, first
  private boolean outside; // with the container, which is not to be interrupted
  private boolean over;
  private boolean delivered; // the application has been interrupted, or has got an exception
  private boolean ended;

  /**
   * Begins on the current thread.
   *
   * @param seconds the time that a request has, as messages show it
   */
  public Deadline(String seconds) {
    this.seconds = seconds;
  }

  /** An exchange begins on this thread: the request's, or one that is dispatched within it. */
  synchronized void enter(Exchange exchange) {
    exchanges.push(exchange);
  }

  synchronized void leave(Exchange exchange) {
    exchanges.remove(exchange);
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

  /** Returns what is said of a request whose time is over. */
  String message() {
    return Rule.TIMED_OUT.message(seconds);
  }

  /**
   * The time is over: interrupts the application unless the request has ended.
   *
   * @return false if it has ended
   */
  public synchronized boolean pass() {
    if (ended) {
      return false;
    }
    over = true;
    if (!outside) {
      interrupt();
    }
    return true;
  }

  /** The request has ended; an interrupt of ours does not stay behind on the container's thread. */
  public synchronized void end() {
    ended = true;
    takeInterrupt();
  }

  /**
   * Goes from the application to the container.
   *
   * @throws WsgiException if the time is over
   */
  synchronized void leaveApp() {
    outside = true;
    if (over) {
      takeInterrupt();
      throw new WsgiException(Rule.TIMED_OUT, seconds);
    }
  }

  /** Goes back to the application, which is interrupted now if the time ended meanwhile. */
  synchronized void enterApp() {
    outside = false;
    if (over && !delivered) {
      interrupt();
    }
  }

  /** Goes to the container to answer for the application; returns true if the time is over. */
  synchronized boolean giveUp() {
    outside = true;
    takeInterrupt();
    return over;
  }

  @SuppressWarnings("ResultOfMethodCallIgnored")
  private void takeInterrupt() {
    if (over) {
      delivered = true;
      Thread.interrupted();
    }
  }
}
