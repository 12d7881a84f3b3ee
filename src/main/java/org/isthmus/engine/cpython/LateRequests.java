// Ends a worker in which a request that has timed out does not end.
package org.isthmus.engine.cpython;

import org.isthmus.errors.Rule;

/**
 * Such a request has got its 504. If it continues for long, its worker is replaced.
 *
 * <p><b>Threading.</b> Any thread may call; guarded by {@link Members}.
 */
final class LateRequests {
  /** Why such a worker has ended, for the counter of exits. */
  static final String TIMEOUT = "timeout";

  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  /** How long a timed-out request may continue before its worker is replaced, in milliseconds. */
  private static final long GRACE_MS = 5_000;

  private final Members members;
  private final WorkerScheduler scheduler;
  private final Runnable grow;

  /**
   * Ends none yet.
   *
   * @param grow starts another worker; called under the lock
   */
  LateRequests(Members members, WorkerScheduler scheduler, Runnable grow) {
    this.members = members;
    this.scheduler = scheduler;
    this.grow = grow;
  }

  /** Ends a worker if a request that has timed out does not end in it soon. */
  void limit(Member member, int slot) {
    scheduler.run(() -> endIfStillLate(member, slot), GRACE_MS);
  }

  /**
   * Ends a worker if it keeps the thread of a request that has timed out from writing a frame,
   * because it does not read: that wakes the thread. One that waits for its client is left alone.
   *
   * @param frame the number of the one that is being written, or 0
   */
  void limitWrite(Member member, Slot slot, int frame) {
    scheduler.run(() -> endIfStillWriting(member, slot, frame), GRACE_MS);
  }

  private void endIfStillWriting(Member member, Slot slot, int frame) {
    int now = slot.writing();
    synchronized (members) {
      if (slot.exchange() == null) {
        return;
      }
      if (now != 0 && now == frame) {
        member.late.add(slot.number);
      }
    }
    if (now != 0 && now == frame) {
      endIfStillLate(member, slot.number);
    } else {
      limitWrite(member, slot, now);
    }
  }

  private void endIfStillLate(Member member, int slot) {
    synchronized (members) {
      boolean isEnding = member.ended || member.isAsked || TIMEOUT.equals(member.reason);
      if (isEnding || !member.late.contains(slot)) {
        return;
      }
      member.retiring = true;
      member.reason = TIMEOUT;
      if (!member.leaving) {
        grow.run();
      }
      members.notifyAll();
    }
    long pid = member.worker.pid();
    LOG.log(System.Logger.Level.WARNING, Rule.WORKER_STUCK.message(pid, GRACE_MS / 1000));
    // Give the other requests in it time to end.
    String why = "a request had not ended after isthmus.timeout";
    scheduler.run(() -> member.worker.termination.abort(scheduler, TIMEOUT, why), GRACE_MS);
  }
}
