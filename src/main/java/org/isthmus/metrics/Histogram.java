// A histogram of times on a logarithmic scale, updated without a lock.
package org.isthmus.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * Four buckets per doubling, from a microsecond to four minutes: values are known to within a
 * fifth.
 *
 * <p><b>Threading.</b> Any number of threads record and read; a reading is not atomic.
 */
final class Histogram {
  private static final int LOWEST = 10; // 2^10 ns is about a microsecond
  private static final int HIGHEST = 38; // 2^38 ns is 275 s
  private static final int STEPS = 4; // per doubling

  /** The number of buckets: the first and the last hold values below and above the scale. */
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

  /** Returns the bucket of a value: its highest bit and the two bits below that. */
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

  /** Returns the lower bound of the next bucket; Long.MAX_VALUE for the last. */
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
