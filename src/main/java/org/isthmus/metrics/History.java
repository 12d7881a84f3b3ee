// The last ten minutes of an application, in slices of five seconds.
package org.isthmus.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps the state of the counters at the start of each slice, to compute differences.
 *
 * <p>No thread wakes up for it: the first request to end in a new slice, or any reader, records the
 * counters for that slice and for all earlier ones without requests.
 *
 * <p><b>Threading.</b> A request compares one number, and one request in five seconds records the
 * counters; none waits for it.
 */
final class History {
  static final int SLICES = 120;
  static final long SECONDS = 5;
  private static final long NANOS = SECONDS * 1_000_000_000;

  private final Supplier<Mark> counters;
  private final long epoch;
  private final Mark[] marks = new Mark[SLICES];
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long current;

  /** The state of the counters. Immutable. */
  static final class Mark {
    final Counts total;
    final long failed;

    Mark(Counts total, long failed) {
      this.total = total;
      this.failed = failed;
    }
  }

  History(Supplier<Mark> counters, long now) {
    this.counters = counters;
    this.epoch = now;
    marks[0] = counters.get();
  }

  /** Begins a new slice if it is due; called before a request of that slice is counted. */
  void turn(long now) {
    if ((now - epoch) / NANOS != current && lock.tryLock()) {
      try {
        turnTo((now - epoch) / NANOS);
      } finally {
        lock.unlock();
      }
    }
  }

  private void turnTo(long slice) {
    if (slice > current) {
      Mark mark = counters.get();
      for (long i = Math.max(current + 1, slice - SLICES + 1); i <= slice; i++) {
        marks[(int) (i % SLICES)] = mark;
      }
      current = slice;
    }
  }

  /** Returns the counts of each slice, oldest first; the last one is still open. */
  List<Mark> slices(long now) {
    lock.lock();
    try {
      turnTo((now - epoch) / NANOS);
      List<Mark> slices = new ArrayList<>();
      for (long i = Math.max(0, current - SLICES + 1); i <= current; i++) {
        Mark begin = marks[(int) (i % SLICES)];
        Mark end = i == current ? counters.get() : marks[(int) ((i + 1) % SLICES)];
        slices.add(new Mark(end.total.since(begin.total), end.failed - begin.failed));
      }
      return slices;
    } finally {
      lock.unlock();
    }
  }
}
