// The responses that applications still produce: ended before their interpreter is closed.
package org.isthmus.engine.jython;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.isthmus.exchange.Exchange;

/**
 * An iterable may have no end, such as server-sent events. Left alone, its code would fail where it
 * next needs the closed interpreter, and close() with it. An application that still calls write()
 * is not among them.
 *
 * <p><b>Threading.</b> The threads of requests come and go without a lock, while another one closes
 * the interpreter.
 */
final class OpenResponses {
  private static final long SECONDS = 2;
  private static final long POLL_MILLIS = 5;

  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isOver;

  /** An application is asked for the first block of a response; {@link #remove} must follow. */
  void add(Exchange exchange) {
    exchange.beginStream();
    open.add(exchange);
    if (isOver) {
      exchange.cut();
    }
  }

  /** Its thread needs the interpreter no more. */
  void remove(Exchange exchange) {
    open.remove(exchange);
  }

  /** Interrupts them, and gives them two seconds in all to run their close(). */
  void end() {
    isOver = true;
    open.forEach(Exchange::cut);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      while (!open.isEmpty() && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
