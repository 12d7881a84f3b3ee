// The running exchanges, for code that inspects or ends them.
package org.isthmus.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * A table of slots; each thread starts its search for a free one at its own index, so two seldom
 * collide.
 *
 * <p>A ConcurrentHashMap alone costs four times as much per request. Here it only takes the
 * overflow: more concurrent requests than a thread pool has threads.
 *
 * <p><b>Threading.</b> Any number of threads enter, leave and look, without a lock. An observer
 * sees an exchange no later than its first Python code, and may still see one that has just ended.
 */
public final class Running {
  private static final int SLOTS = 1024; // a power of two
  private static final int PROBES = 16;
  private static final int MAX_NAMED = 5;

  private final AtomicReferenceArray<Exchange> slots = new AtomicReferenceArray<>(SLOTS);
  private final Set<Exchange> overflow = ConcurrentHashMap.newKeySet();

  /** Creates an empty table. */
  public Running() {}

  /** Adds an exchange, which must be timed. */
  public void enter(Exchange exchange) {
    int index = index(exchange);
    for (int i = 0; i < PROBES; i++) {
      if (slots.compareAndSet(index, null, exchange)) {
        return;
      }
      index = (index + 1) & (SLOTS - 1);
    }
    overflow.add(exchange);
  }

  /** Removes an exchange. */
  public void leave(Exchange exchange) {
    int index = index(exchange);
    for (int i = 0; i < PROBES; i++) {
      if (slots.getPlain(index) == exchange) {
        slots.setRelease(index, null);
        return;
      }
      index = (index + 1) & (SLOTS - 1);
    }
    overflow.remove(exchange);
  }

  /** Returns the running ones, oldest first. */
  public List<Exchange> list() {
    List<Exchange> list = new ArrayList<>(overflow);
    for (int index = 0; index < SLOTS; index++) {
      Exchange exchange = slots.getAcquire(index);
      if (exchange != null) {
        list.add(exchange);
      }
    }
    // Compares differences: the zero of System.nanoTime is arbitrary.
    long now = System.nanoTime();
    list.sort(Comparator.comparingLong(exchange -> exchange.times().began() - now));
    return list;
  }

  /**
   * Lists some of them for a log record, oldest first, one per line: method, path and thread. What
   * a request dispatches is part of it, and not listed.
   *
   * @param which selects the relevant ones
   * @return empty if there are none
   */
  public String named(Predicate<Exchange> which) {
    Map<Thread, Exchange> outermost = new LinkedHashMap<>();
    list().forEach(exchange -> outermost.putIfAbsent(exchange.thread(), exchange));
    outermost.values().removeIf(which.negate());
    StringBuilder lines = new StringBuilder();
    outermost.entrySet().stream()
        .limit(MAX_NAMED)
        .map(
            each ->
                each.getValue().summary() + ", thread " + SafeText.quoted(each.getKey().getName()))
        .forEach(line -> lines.append("\n  ").append(line));
    return lines + (outermost.size() > MAX_NAMED ? "\n  ..." : "");
  }

  /** Fibonacci hashing: the IDs of a pool's threads are consecutive. */
  private static int index(Exchange exchange) {
    return (int) ((exchange.thread().getId() * 0x9E3779B97F4A7C15L) >>> 54);
  }
}
