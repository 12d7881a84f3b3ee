// Logs refused requests: the first at once, further ones at a limited rate.
package org.isthmus;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.isthmus.engine.Unavailable;
import org.isthmus.exchange.Exchange;

/**
 * Logs the first refusal, then at most one record every ten seconds.
 *
 * <p><b>Threading.</b> Any number of threads, without a lock.
 */
final class Refusals {
  private static final System.Logger LOG = System.getLogger("org.isthmus.app");
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

  private final AtomicLong next = new AtomicLong(System.nanoTime());
  private final AtomicLong unsaid = new AtomicLong();

  void log(Exchange exchange, Unavailable reason) {
    exchange.report(reason.rule(), reason.getMessage());
    long now = System.nanoTime();
    long due = next.get();
    if (now - due < 0 || !next.compareAndSet(due, now + PAUSE)) {
      unsaid.incrementAndGet();
      return;
    }
    long others = unsaid.getAndSet(0);
    String more = others == 0 ? "" : ", and " + others + " others since the last such record";
    String text = reason.getMessage() + " (" + exchange.line() + more + ")";
    LOG.log(System.Logger.Level.WARNING, text);
  }
}
