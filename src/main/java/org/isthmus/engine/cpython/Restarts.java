// When the next worker may start, after some that have ended.
package org.isthmus.engine.cpython;

import java.util.concurrent.TimeUnit;

/**
 * Counts the workers that ended soon after their start. The first ones are replaced at once; from
 * then on each pause is twice the one before.
 *
 * <p>Guarded by the lock of {@link Members}.
 */
final class Restarts {
  /** A worker that has stayed so long has not failed at its start. */
  static final long SETTLED_MS = 10_000;

  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 30_000;

  /** A worker that never had the application counts for several that died of a request. */
  private static final int NEVER_LOADED = 4;

  private static final int LOOP = 3 * NEVER_LOADED;

  private int failures;
  private boolean said;
  private long next = System.nanoTime();

  /**
   * A worker has ended soon.
   *
   * @param hadLoaded true if it had the application
   * @return true if it is a loop, and this has not been said
   */
  boolean failed(boolean hadLoaded) {
    failures += hadLoaded ? 1 : NEVER_LOADED;
    int doublings = Math.min(10, failures / NEVER_LOADED - 1);
    long pause = doublings < 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << doublings);
    next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
    boolean first = isLoop() && !said;
    said |= first;
    return first;
  }

  /** A worker has stayed: what failed before is over. */
  void settled() {
    failures = 0;
    said = false;
  }

  /** Returns true if it is of no use to wait for the next one. */
  boolean isLoop() {
    return failures >= LOOP;
  }

  /** Returns how long the next one has to wait. */
  long pauseMs() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()));
  }
}
