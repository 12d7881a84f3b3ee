package org.isthmus.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets that hold what they say. */
class HistogramTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        1023,
        1024,
        1279,
        1280,
        999_999,
        1_000_000,
        (1L << 38) - 1,
        1L << 38,
        Long.MAX_VALUE - 1
      })
  void valueIsWithinItsBucket(long nanos) {
    int bucket = Histogram.bucket(nanos);
    assertTrue(nanos < Histogram.end(bucket), "not below the end of " + bucket);
    assertTrue(bucket == 0 || nanos >= Histogram.end(bucket - 1), "below " + bucket);
  }

  @Test
  void bucketsFollowOneAnotherAndAreAFifthWideAtMost() {
    for (int i = 1; i < Histogram.BUCKETS - 1; i++) {
      long begin = Histogram.end(i - 1);
      long end = Histogram.end(i);
      assertTrue(end > begin && end - begin <= begin / 4, i + ": " + begin + " to " + end);
      assertEquals(i, Histogram.bucket(begin));
      assertEquals(i, Histogram.bucket(end - 1));
    }
  }

  @Test
  void quantileIsKnownToAFifth() {
    Histogram histogram = new Histogram();
    for (int millis = 1; millis <= 1000; millis++) {
      histogram.record(millis * 1_000_000L);
    }
    Counts counts = histogram.counts();
    assertEquals(1000, counts.count());
    assertEquals(500.5, counts.seconds(), 0.001);
    assertEquals(0.5, counts.quantile(0.5), 0.05);
    assertEquals(0.99, counts.quantile(0.99), 0.1);
    assertTrue(counts.quantile(1) >= 1);
    assertEquals(500, (double) counts.within(0.5), 30);
    assertEquals(0, counts.within(0));
    assertEquals(1000, counts.within(Double.POSITIVE_INFINITY));
  }

  @Test
  void quantileOfNothingIsNothing() {
    assertEquals(0, new Histogram().counts().quantile(0.99));
  }

  @Test
  void differenceIsWhatCameBetween() {
    Histogram histogram = new Histogram();
    histogram.record(5_000);
    Counts before = histogram.counts();
    histogram.record(7_000);
    Counts since = histogram.counts().since(before);
    assertEquals(1, since.count());
    assertEquals(7e-6, since.seconds(), 1e-12);
  }
}
