// How long things took: counts on a logarithmic scale, added to without a lock.
package org.isthmus.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * Four buckets for each doubling, from a microsecond to four minutes: a value is known to a fifth.
 *
 * <p><b>Threading.</b> Any number of threads record and look; a look is not of one instant.
 */
final class Histogram {
  private static final int LOWEST = 10; // 2^10 ns is a microsecond
  private static final int HIGHEST = 38; // 2^38 ns are 275 s
  private static final int STEPS = 4; // for each doubling

  /** How many buckets there are: those below and above the scale are the first and the last. */
  static final int BUCKETS = (HIGHEST - LOWEST) * STEPS + 2;

  private final LongAdder[] counts = new LongAdder[BUCKETS];
  private final LongAdder sum = new LongAdder();

  Histogram() {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] = new LongAdder();
    }
  }

  void record(long nanos) {
    counts[bucket(nanos)].increment();
    sum.add(nanos);
  }

  Counts counts() {
    long[] now = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      now[i] = counts[i].sum();
    }
    return new Counts(now, sum.sum());
  }

  /** Returns the bucket of a value: its highest bit and the two bits after that. */
  static int bucket(long nanos) {
    if (nanos < 1L << LOWEST) {
      return 0;
    }
    int bit = 63 - Long.numberOfLeadingZeros(nanos);
    if (bit >= HIGHEST) {
      return BUCKETS - 1;
    }
    return 1 + (bit - LOWEST) * STEPS + (int) (nanos >>> (bit - 2) & (STEPS - 1));
  }

  /** Returns the first value above a bucket; Long.MAX_VALUE for the last. */
  static long end(int bucket) {
    if (bucket == 0) {
      return 1L << LOWEST;
    }
    if (bucket == BUCKETS - 1) {
      return Long.MAX_VALUE;
    }
    int bit = LOWEST + (bucket - 1) / STEPS;
    return (long) (STEPS + 1 + (bucket - 1) % STEPS) << (bit - 2);
  }
}
