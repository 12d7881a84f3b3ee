// Lends the slots of a group of workers to requests, or refuses a request that gets none.
package org.isthmus.engine.cpython;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.isthmus.engine.Unavailable;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Exchange;

/**
 * Lends the slots of the workers that a {@link Supervisor} keeps running.
 *
 * <p><b>Threading.</b> Any thread may call; guarded by {@link Members}.
 */
final class SlotPool {
  /** Retry-After when the web application stops: often it is about to be redeployed. */
  private static final long RETRY_AFTER_SECONDS = 5;

  private final Members members;
  private final Supervisor supervisor;
  private final int threads;

  /**
   * Lends the slots of a group.
   *
   * @param threads how many requests each worker serves at once
   */
  SlotPool(Members members, Supervisor supervisor, int threads) {
    this.members = members;
    this.supervisor = supervisor;
    this.threads = threads;
  }

  /**
   * Takes the most recently used slot of the worker with the fewest requests, among those that have
   * loaded the application.
   *
   * @throws Unavailable if there is no worker, and will not be one soon
   */
  Slot take(int index, Exchange exchange) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(supervisor.startMs());
    synchronized (members) {
      Member best = members.best(index, threads);
      boolean waits = best == null;
      while (best == null) {
        requireWorkers(index, end);
        try {
          members.wait(1000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new Unavailable(RETRY_AFTER_SECONDS, Rule.WAIT_INTERRUPTED);
        }
        best = members.best(index, threads);
      }
      Slot slot = best.free.pop();
      best.busy++;
      slot.use(exchange);
      if (waits) {
        exchange.endWait();
      }
      return slot;
    }
  }

  /** Throws if there is no worker, and will not be one soon. */
  private void requireWorkers(int index, long end) {
    if (members.isClosing()) {
      throw new Unavailable(RETRY_AFTER_SECONDS, Rule.WAIT_INTERRUPTED);
    }
    if (!members.have(index) && (supervisor.isLoop() || System.nanoTime() - end > 0)) {
      throw new Unavailable(supervisor.pauseMs() / 1000 + 1, Rule.WORKERS_DOWN);
    }
  }

  /**
   * Gives a slot back.
   *
   * @param complete true if the worker has finished with it; it is closed otherwise
   * @param late true if the request has timed out
   * @param report called if the request still ends with a failure; null not to report that
   */
  void give(Slot slot, boolean complete, boolean late, Consumer<List<?>> report) {
    int replacement = -1;
    boolean over;
    Member member;
    synchronized (members) {
      member = members.of(slot.worker);
      over = free(member, slot);
      if (complete && !member.ended) {
        member.stalled = false;
        member.free.push(slot);
        supervisor.served(member);
        members.notify();
      } else if (!member.ended) {
        replacement = member.nextSlot++ & 0xFFFF;
        if (late) {
          member.late.add(slot.number);
        } else if (report != null) {
          member.laterFailures.put(slot.number, report);
        }
        supervisor.served(member);
      }
    }
    if (replacement >= 0) {
      slot.worker.replace(slot, replacement);
      if (late) {
        supervisor.limitLateRequest(member, slot.number);
      }
    }
    if (over) {
      member.worker.close();
    }
  }

  /** Gives a slot back whose request the worker has returned: its threads are all busy. */
  void giveUnused(Slot slot) {
    boolean over;
    synchronized (members) {
      Member member = members.of(slot.worker);
      over = free(member, slot);
      if (!member.ended) {
        member.stalled = true;
        member.free.push(slot);
        supervisor.idled(member);
      }
    }
    if (over) {
      slot.worker.close();
    }
  }

  /** Ends the use of a slot; returns true if it was the last one of a worker that has ended. */
  private boolean free(Member member, Slot slot) {
    slot.use(null);
    member.busy--;
    return member.ended && member.busy == 0 && members.remove(member);
  }

  /** Returns the state of the group, for operators. */
  WorkerGroup status() {
    return supervisor.status();
  }

  /** Returns the slot that an exchange uses, or null. */
  Slot slot(Exchange exchange) {
    for (WorkerProcess worker : processes()) {
      for (Slot slot : worker.slots()) {
        if (slot.exchange() == exchange) {
          return slot;
        }
      }
    }
    return null;
  }

  /** Returns the current workers. */
  List<WorkerProcess> processes() {
    List<WorkerProcess> some = new ArrayList<>();
    members.forEach(member -> some.add(member.worker));
    return some;
  }
}
