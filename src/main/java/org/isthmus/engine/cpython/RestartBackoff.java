// Decides when the next worker may start after others have ended.
package org.isthmus.engine.cpython;

import java.util.concurrent.TimeUnit;

/**
 * Counts the workers that ended soon after their start. The first of them are replaced at once;
 * after that, each pause is twice as long as the one before.
 *
 * <p>Guarded by the lock of {@link Members}.
 */
final class RestartBackoff {
  /** A worker that has run for this long has started successfully. */
  static final long SETTLED_MS = 10_000;

  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 30_000;

  /** A worker that ended before it loaded an application counts as this many that ended later. */
  private static final int NEVER_LOADED = 4;

  private static final int LOOP = 3 * NEVER_LOADED;

  private int failures;
  private boolean logged;
  private long next = System.nanoTime();

  /**
   * Records that a worker has ended soon after its start.
   *
   * @param hadLoaded true if it had loaded an application
   * @return true if this is a loop that has not been logged yet
   */
  boolean failed(boolean hadLoaded) {
    failures += hadLoaded ? 1 : NEVER_LOADED;
    int doublings = Math.min(10, failures / NEVER_LOADED - 1);
    long pause = doublings < 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << doublings);
    next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
    boolean first = isLoop() && !logged;
    logged |= first;
    return first;
  }

  /** Records that a worker has started successfully, which ends a loop. */
  void settled() {
    failures = 0;
    logged = false;
  }

  /** Returns true if a request should not wait for the next worker. */
  boolean isLoop() {
    return failures >= LOOP;
  }

  /** Returns how long to wait before the next worker is started, in milliseconds. */
  long pauseMs() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()));
  }
}
