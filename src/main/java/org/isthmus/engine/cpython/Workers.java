// A group of workers as requests see it: a place for each, and what to say where there is none.
package org.isthmus.engine.cpython;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Exchange;
import org.isthmus.source.Unavailable;

/**
 * Lends the slots of workers that a {@link Supervisor} keeps.
 *
 * <p><b>Threading.</b> Any threads; guarded by {@link Members}.
 */
final class Workers implements AutoCloseable {
  private static final long COME_BACK_SECONDS = 5;

  private final Members members;
  private final Supervisor supervisor;
  private final int threads;

  /**
   * Creates a group that has no worker before its first application.
   *
   * @param threads how many requests each worker serves at once
   */
  Workers(Members members, Supervisor supervisor, int threads) {
    this.members = members;
    this.supervisor = supervisor;
    this.threads = threads;
  }

  /**
   * Imports an application in each worker.
   *
   * @return its number and its name
   * @throws org.isthmus.errors.WsgiException if it cannot be had
   */
  Map.Entry<Integer, String> load(Map<String, Object> spec) {
    return supervisor.load(spec);
  }

  /**
   * Takes a place for a request: of the workers that have the application the one with the fewest
   * requests, and in it the slot that was used last.
   *
   * @throws Unavailable if there is no worker, nor will there be one soon
   */
  Slot take(int index, Exchange exchange) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(supervisor.startMs());
    synchronized (members) {
      Member best = members.best(index, threads);
      boolean waits = best == null;
      while (best == null) {
        requireHope(index, end);
        try {
          members.wait(1000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new Unavailable(COME_BACK_SECONDS, Rule.WAIT_INTERRUPTED);
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

  /** Throws if there is no worker, and there will not be one soon. */
  private void requireHope(int index, long end) {
    if (members.isClosing()) {
      throw new Unavailable(COME_BACK_SECONDS, Rule.WAIT_INTERRUPTED);
    }
    if (!members.have(index) && (supervisor.isLoop() || System.nanoTime() - end > 0)) {
      throw new Unavailable(supervisor.pauseMs() / 1000 + 1, Rule.WORKERS_DOWN);
    }
  }

  /**
   * Gives a place back.
   *
   * @param complete true if the worker has done with it
   * @param late true if the request's time was over
   */
  void give(Slot slot, boolean complete, boolean late) {
    int replacement = -1;
    boolean over = false;
    Member member;
    synchronized (members) {
      member = members.of(slot.worker);
      slot.use(null);
      member.busy--;
      if (member.ended) {
        over = member.busy == 0 && members.remove(member);
      } else if (complete) {
        member.free.push(slot);
        supervisor.served(member);
        members.notify();
      } else {
        replacement = member.nextSlot++ & 0xFFFF;
        if (late) {
          member.late.add(slot.number);
        }
        supervisor.served(member);
      }
    }
    if (replacement >= 0) {
      slot.worker.replace(slot, replacement);
      if (late) {
        supervisor.expectBack(member, slot.number);
      }
    }
    if (over) {
      member.worker.close();
    }
  }

  /** Returns what operators see of them. */
  WorkerGroup status() {
    return supervisor.status();
  }

  /** Returns the slot that an exchange has, or null. */
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

  /** Returns those that are there. */
  List<WorkerProcess> processes() {
    List<WorkerProcess> some = new ArrayList<>();
    members.forEach(member -> some.add(member.worker));
    return some;
  }

  @Override
  public void close() {
    supervisor.close();
  }
}
