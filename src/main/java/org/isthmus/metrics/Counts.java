// A snapshot of a histogram, or the difference of two.
package org.isthmus.metrics;

/** Counts by bucket and the sum of all values, in nanoseconds. Immutable. */
public final class Counts {
  private final long[] counts;
  private final long sum;

  Counts(long[] counts, long sum) {
    this.counts = counts;
    this.sum = sum;
  }

  /** Returns what has been added since an earlier snapshot. */
  Counts since(Counts earlier) {
    long[] more = new long[counts.length];
    for (int i = 0; i < more.length; i++) {
      more[i] = counts[i] - earlier.counts[i];
    }
    return new Counts(more, sum - earlier.sum);
  }

  /** Returns the number of values. */
  public long count() {
    long count = 0;
    for (long inBucket : counts) {
      count += inBucket;
    }
    return count;
  }

  /** Returns the sum of all values in seconds. */
  public double seconds() {
    return sum / 1e9;
  }

  long count(int bucket) {
    return counts[bucket];
  }

  /**
   * Returns how many values were at most this many seconds, assuming an even spread in a bucket.
   */
  public long within(double seconds) {
    double wanted = seconds * 1e9;
    double count = 0;
    double begin = 0;
    for (int i = 0; i < counts.length; i++) {
      double end = Histogram.end(i);
      if (end > wanted) {
        return Math.round(count + counts[i] * Math.max(0, wanted - begin) / (end - begin));
      }
      count += counts[i];
      begin = end;
    }
    return Math.round(count);
  }

  /**
   * Returns the value in seconds that a share of all values does not exceed; 0 if there are none.
   *
   * @param share 0.99 for the 99th percentile; 1 for the maximum
   */
  public double quantile(double share) {
    double wanted = share * count();
    double seen = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 && seen + counts[i] >= wanted) {
        double begin = i == 0 ? 0 : Histogram.end(i - 1);
        double end = i == counts.length - 1 ? begin : Histogram.end(i);
        return (begin + (end - begin) * (wanted - seen) / counts[i]) / 1e9;
      }
      seen += counts[i];
    }
    return 0;
  }
}
