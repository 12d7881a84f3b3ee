// The workers of one group, and the lock that guards all that is known of them.
package org.isthmus.engine.cpython;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Requests take and give slots ({@link Workers}) while workers come and go ({@link Supervisor}):
 * both hold this object's lock, and wait on it. No worker is started, ended or closed while it is
 * held.
 */
final class Members {
  private final List<Member> all = new ArrayList<>();
  private boolean closing;

  synchronized void add(Member member) {
    all.add(member);
  }

  /** Returns the smallest number that none of them has. */
  synchronized int freePlace() {
    int place = 0;
    while (isTaken(place)) {
      place++;
    }
    return place;
  }

  private boolean isTaken(int place) {
    return all.stream().anyMatch(member -> member.place == place && !member.ended);
  }

  /** Returns true if this was one of them. */
  synchronized boolean remove(Member member) {
    return all.remove(member);
  }

  /** Returns what is known of a worker. */
  synchronized Member of(WorkerProcess worker) {
    for (Member member : all) {
      if (member.worker == worker) {
        return member;
      }
    }
    throw new IllegalStateException("not a worker of this group");
  }

  /** Visits each of them. */
  synchronized void forEach(Consumer<Member> visitor) {
    all.forEach(visitor);
  }

  /** Returns those that are there. */
  synchronized List<Member> list() {
    return new ArrayList<>(all);
  }

  synchronized boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns how many will stay as far as is known. */
  synchronized int staying() {
    int staying = 0;
    for (Member member : all) {
      staying += member.isStaying() ? 1 : 0;
    }
    return staying;
  }

  /**
   * Returns the one for the next request: of those that have the application the one with the
   * fewest requests; null if there is none.
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

  /** Returns true if one has the application, even if it is busy just now. */
  synchronized boolean have(int app) {
    for (Member member : all) {
      if (member.loaded.get(app) && !member.ended) {
        return true;
      }
    }
    return false;
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

  /** From now on no request finds one, and none is to be started. */
  synchronized void close() {
    closing = true;
    notifyAll();
  }

  synchronized boolean isClosing() {
    return closing;
  }
}
