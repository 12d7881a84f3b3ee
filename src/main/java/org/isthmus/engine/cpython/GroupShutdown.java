// Ends all workers of a group: asks them to exit, then kills those that have not.
package org.isthmus.engine.cpython;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isthmus.errors.Rule;

/** What happens to the processes when their interpreter is closed. */
final class GroupShutdown {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final long CLOSE_SECONDS = 5;

  private GroupShutdown() {}

  /**
   * Lets workers end their tasks and run their exit functions, then kills those that remain. If the
   * thread is interrupted, it waits no longer, and keeps the interrupt.
   */
  static void of(Members members) {
    members.close();
    List<Member> all = members.list();
    all.forEach(member -> member.worker.exit());
    long begun = System.nanoTime();
    boolean interrupted = false;
    for (Member member : all) {
      boolean gone = false;
      try {
        gone = !interrupted && hasEnded(member.worker, begun);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (!gone) {
        kill(member.worker);
      }
    }
    awaitEnds(members, all);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for a worker's end; returns false if it does not end in time.
   *
   * @param begun when it was asked to, as System.nanoTime
   */
  static boolean hasEnded(WorkerProcess worker, long begun) throws InterruptedException {
    long allowed;
    do {
      allowed = worker.exitMs;
      if (worker.await(millisUntil(begun + TimeUnit.MILLISECONDS.toNanos(allowed)))) {
        return true;
      }
      // Meanwhile it may have reported tasks: those of its last request.
    } while (worker.exitMs > allowed);
    return false;
  }

  private static void kill(WorkerProcess worker) {
    String still = "worker process " + worker.pid() + " is still running";
    TimeoutException cause = new TimeoutException(still);
    LOG.log(System.Logger.Level.WARNING, Rule.EXIT_FAILED.message(worker.exitMs / 1000), cause);
    worker.termination.kill();
  }

  /** Waits until no more events will come from them, and their pipes are closed. */
  private static void awaitEnds(Members members, List<Member> all) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    try {
      synchronized (members) {
        while (!members.haveEnded() && System.nanoTime() - end < 0) {
          members.wait(100);
        }
      }
      for (Member member : all) {
        member.worker.join(millisUntil(end));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns at least 1, because 0 would mean no timeout. */
  private static long millisUntil(long end) {
    return Math.max(1, (end - System.nanoTime()) / 1_000_000);
  }
}
