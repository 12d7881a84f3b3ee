// The workers of one group, and the lock that guards everything about them.
package org.isthmus.engine.cpython;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Requests take and return slots ({@link SlotPool}) while workers start and end ({@link
 * Supervisor}): both hold this object's lock, and wait on it. No worker is started, ended or closed
 * under the lock.
 */
final class Members {
  private final List<Member> all = new ArrayList<>();
  private boolean closing;

  /**
   * Adds a worker.
   *
   * @param maxRequests after how many it is replaced
   */
  synchronized Member add(WorkerProcess worker, long maxRequests) {
    Member member = new Member(worker, freePlace(), maxRequests);
    all.add(member);
    return member;
  }

  /** Returns the smallest number that no worker has. */
  private int freePlace() {
    int place = 0;
    while (isTaken(place)) {
      place++;
    }
    return place;
  }

  private boolean isTaken(int place) {
    return all.stream().anyMatch(member -> member.place == place && !member.ended);
  }

  /** Removes a worker; returns false if it had been removed before. */
  synchronized boolean remove(Member member) {
    return all.remove(member);
  }

  /** Returns the member for a worker. */
  synchronized Member of(WorkerProcess worker) {
    for (Member member : all) {
      if (member.worker == worker) {
        return member;
      }
    }
    throw new IllegalStateException("not a worker of this group");
  }

  /** Calls a function with each of them. */
  synchronized void forEach(Consumer<Member> visitor) {
    all.forEach(visitor);
  }

  /** Returns the current workers. */
  synchronized List<Member> list() {
    return new ArrayList<>(all);
  }

  synchronized boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns how many of them have not ended and are not about to. */
  synchronized int staying() {
    int staying = 0;
    for (Member member : all) {
      staying += member.isStaying() ? 1 : 0;
    }
    return staying;
  }

  /**
   * Returns the worker for the next request: the one with the fewest requests among those that have
   * loaded the application; null if there is none.
   *
   * @param threads how many requests each serves at once
   */
  synchronized Member best(int app, int threads) {
    Member best = null;
    for (Member member : all) {
      if (member.isFree(app, threads) && (best == null || member.load() < best.load())) {
        best = member;
      }
    }
    return closing ? null : best;
  }

  /** Returns true if a worker has loaded the application, even if it is busy. */
  synchronized boolean have(int app) {
    for (Member member : all) {
      if (member.loaded.get(app) && !member.ended) {
        return true;
      }
    }
    return false;
  }

  /** Returns true if each that has loaded a serial application runs a request of it. */
  synchronized boolean areAlone(int app) {
    return all.stream()
        .filter(member -> member.loaded.get(app) && !member.ended)
        .allMatch(member -> member.alone.containsKey(app));
  }

  /**
   * Returns true if one of them has loaded an application and gets requests, even if it is busy.
   */
  synchronized boolean areServing() {
    return all.stream().anyMatch(m -> !m.loaded.isEmpty() && !m.retiring && !m.silent && !m.ended);
  }

  /** Returns true if all of them have ended. */
  synchronized boolean haveEnded() {
    for (Member member : all) {
      if (!member.ended) {
        return false;
      }
    }
    return true;
  }

  /** From now on, requests find no worker, and none is started. */
  synchronized void close() {
    closing = true;
    notifyAll();
  }

  synchronized boolean isClosing() {
    return closing;
  }
}
