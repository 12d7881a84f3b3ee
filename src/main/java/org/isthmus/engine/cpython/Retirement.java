// Ends a worker that gets no more requests: asks it to exit, and kills it if it does not.
package org.isthmus.engine.cpython;

/** Guarded by the lock of {@link Members}. */
final class Retirement {
  private final WorkerScheduler scheduler;

  Retirement(WorkerScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Ends a worker once its last request has ended: to be called again then. */
  void of(Member member) {
    member.retiring = true;
    if (member.busy == 0 && !member.ended) {
      member.isAsked = true;
      scheduler.run(member.worker::exit, 0);
      killLater(member.worker, 0);
    }
  }

  /**
   * Kills a worker when its time is over, which has no effect if it has ended. If its last request
   * was the first to submit a task, that may be heard of after the request's end.
   *
   * @param waitedMs how much of its time has passed
   */
  private void killLater(WorkerProcess worker, long waitedMs) {
    long allowedMs = worker.exitMs;
    if (allowedMs > waitedMs) {
      scheduler.run(() -> killLater(worker, allowedMs), allowedMs - waitedMs);
    } else {
      worker.termination.kill();
    }
  }
}
