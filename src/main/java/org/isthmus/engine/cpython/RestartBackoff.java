// Decides when the next worker may start after others have ended.
package org.isthmus.engine.cpython;

import java.util.concurrent.TimeUnit;

/**
 * Counts the workers that ended soon after their start without having answered a request. The first
 * of them are replaced at once; after that, each pause is twice as long as the one before.
 *
 * <p>Those that had answered requests are replaced at once as well, and need no longer pauses: the
 * others go on to answer. But a client that makes each of them end must not keep the processors
 * busy with their starts.
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

  /** A group may replace as many workers that had answered as it has, once in this time. */
  private static final long CRASH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So many of them are replaced without a pause, as if they had ended over this time. */
  private static final long UNPAUSED_NANOS = 2 * CRASH_NANOS;

  private final long betweenCrashes;
  private int failures;
  private boolean logged;
  private long next = System.nanoTime();
  private long crashes = next; // until when there would have been only a pause for each

  /**
   * Creates a state without failures.
   *
   * @param count the number of workers: about as many as there are processors to start them
   */
  RestartBackoff(int count) {
    betweenCrashes = CRASH_NANOS / count;
  }

  /** Records that a worker that had answered requests, or was not new, has ended. */
  void crashed() {
    crashes = later(crashes, System.nanoTime()) + betweenCrashes;
    next = later(next, crashes - UNPAUSED_NANOS);
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  /**
   * Records that a worker has ended soon after its start, and has answered no request.
   *
   * @param hadLoaded true if it had loaded an application
   * @return true if this is a loop that has not been logged yet
   */
  boolean failed(boolean hadLoaded) {
    failures += hadLoaded ? 1 : NEVER_LOADED;
    int doublings = Math.min(10, failures / NEVER_LOADED - 1);
    long pause = doublings < 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << doublings);
    next = later(next, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause));
    boolean first = isLoop() && !logged;
    logged |= first;
    return first;
  }

  /** Records that a worker has started successfully, or has answered: this ends a loop. */
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
