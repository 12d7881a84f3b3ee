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

  /** How long a request waits before a warning is logged. */
  private static final int WARN_SECONDS = 5;

  /** How long no second warning is logged. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  private final Members members;
  private final Supervisor supervisor;
  private final int threads;
  private long lastWarned = System.nanoTime() - QUIET_NANOS;
  private int picky; // how many requests of serial applications wait: not any slot will do

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
   * @param isSerial true for an application that is not thread-safe: among those that have no other
   *     request for it, so none waits in a thread of a worker
   * @throws Unavailable if there is no worker, and will not be one soon
   */
  Slot take(int index, boolean isSerial, Exchange exchange) {
    boolean isAlone = isSerial && threads > 1; // the only thread of a worker is serial anyway
    Slot slot = free(index, isAlone, exchange, 0);
    if (slot != null) {
      return slot;
    }
    long begun = System.nanoTime();
    do {
      requireWorkers(index, begun + TimeUnit.MILLISECONDS.toNanos(supervisor.startMs()));
      if (isWarningDue(index, begun)) {
        int workers = supervisor.status().size();
        LOG.log(
            System.Logger.Level.WARNING, Rule.WORKERS_BUSY.message(WARN_SECONDS, workers, threads));
      }
      slot = free(index, isAlone, exchange, 1000);
    } while (slot == null);
    exchange.times().endWait();
    return slot;
  }

  /** Returns a slot, or null if there is none for so many milliseconds. */
  private Slot free(int index, boolean isAlone, Exchange exchange, long wait) {
    synchronized (members) {
      Member best = members.best(index, threads);
      if (best == null && wait > 0) {
        await(isAlone, wait);
        best = members.best(index, threads);
      }
      if (best == null) {
        return null;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new Unavailable(RETRY_AFTER_SECONDS, Rule.WAIT_INTERRUPTED); // by giveUp
      }
      Slot slot = best.free.pop();
      best.busy++;
      slot.use(exchange);
      if (isAlone) {
        best.alone.put(index, slot.number);
      }
      return slot;
    }
  }

  private void await(boolean isAlone, long wait) {
    picky += isAlone ? 1 : 0;
    try {
      members.wait(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable(RETRY_AFTER_SECONDS, Rule.WAIT_INTERRUPTED);
    } finally {
      picky -= isAlone ? 1 : 0;
    }
  }

  /** Returns true, and not again for some time, if requests wait for other requests. */
  private boolean isWarningDue(int index, long begun) {
    synchronized (members) {
      long now = System.nanoTime();
      boolean isLong = now - begun >= TimeUnit.SECONDS.toNanos(WARN_SECONDS);
      boolean isDue = isLong && members.have(index) && now - lastWarned >= QUIET_NANOS;
      // That a serial application has a request in each worker is as its deployer wants it.
      isDue = isDue && !members.areAlone(index);
      lastWarned = isDue ? now : lastWarned;
      return isDue;
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
   * Gives a slot back. It is closed and replaced if its request was {@link Progress#BEGUN}, or was
   * given up: then an octet that wakes nobody any more may be in its pipe.
   *
   * @param report called if a request that was begun still ends with a failure; or null
   */
  void give(Slot slot, Progress progress, Consumer<List<?>> report) {
    int replacement = -1;
    boolean over;
    Member member;
    synchronized (members) {
      member = members.of(slot.worker);
      over = end(member, slot);
      if (progress == Progress.FINISHED) {
        supervisor.answered(member);
      }
      if (!member.ended && !member.silent) {
        boolean isReusable = progress != Progress.BEGUN && !slot.isGivenUp();
        if (isReusable) {
          member.free.push(slot);
        } else {
          replacement = member.nextNumber();
        }
        note(member, slot, progress, report);
        count(member, progress);
      }
    }
    leave(member, slot, replacement, over);
  }

  /** Notes whether the request still runs in its worker. */
  private static void note(Member member, Slot slot, Progress progress, Consumer<List<?>> report) {
    if (progress != Progress.BEGUN) {
      member.release(slot.number);
      if (slot.isGivenUp()) {
        member.late.remove(slot.number); // where limitWrite may have put it
      }
    } else if (slot.isGivenUp()) {
      member.late.add(slot.number);
    } else {
      member.laterFailures.put(slot.number, report);
    }
  }

  private void count(Member member, Progress progress) {
    if (progress == Progress.UNSENT || progress == Progress.RETURNED) {
      if (progress == Progress.RETURNED) {
        member.stalled = true;
      } else {
        members.notifyAll();
      }
      supervisor.idled(member);
      return;
    }
    if (progress == Progress.FINISHED) {
      wakeWaiting(member);
    }
    supervisor.served(member);
  }

  /** Wakes a request that waits for a slot, or all of them if the worker was stalled. */
  private void wakeWaiting(Member member) {
    if (member.stalled || picky > 0) {
      member.stalled = false;
      members.notifyAll();
    } else {
      members.notify();
    }
  }

  /**
   * Does what needs no lock after a request.
   *
   * @param replacement the number of the slot that replaces this one, or -1
   * @param over true if the worker has ended, and this was its last request
   */
  private void leave(Member member, Slot slot, int replacement, boolean over) {
    if (replacement >= 0) {
      slot.worker.replace(slot, replacement);
      if (slot.isGivenUp()) {
        supervisor.late().limit(member, slot.number); // if it has begun
      }
    }
    if (over) {
      member.worker.close();
    }
  }

  /**
   * Gives up the response that an exchange waits for, or interrupts its thread if it waits for a
   * slot.
   */
  void giveUp(Exchange exchange, Thread thread) {
    Slot slot;
    Member member;
    synchronized (members) { // so that it neither takes a slot meanwhile, nor gives one back
      slot = slot(exchange);
      if (slot == null) {
        thread.interrupt();
        return;
      }
      slot.giveUp();
      member = members.of(slot.worker);
    }
    slot.wake();
    supervisor.late().limitWrite(member, slot, slot.writing());
  }

  /** Ends the use of a slot; returns true if it was the last one of a worker that has ended. */
  private boolean end(Member member, Slot slot) {
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
