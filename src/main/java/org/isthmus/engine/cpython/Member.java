// What a group knows of one of its workers.
package org.isthmus.engine.cpython;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.isthmus.engine.WorkerStatus;
import org.isthmus.exchange.Exchange;

/** Guarded by the lock of {@link Members}. */
final class Member {
  final WorkerProcess worker;
  final int place;
  final long began = System.nanoTime();
  final Deque<Slot> free = new ArrayDeque<>(); // the one that was used last, first
  final BitSet loaded = new BitSet(); // applications, by number
  final Set<Integer> late = new HashSet<>(); // slots whose requests have not come back
  boolean isReady; // to be told of applications
  int busy;
  int nextSlot;
  final long most; // requests, after which another one takes its place
  long served;
  long looked; // at its memory, as System.nanoTime
  boolean ended;
  boolean leaving; // when another one has come
  boolean retiring; // it gets no request any more

  String reason; // why it is to end; null if it is not

  Member(WorkerProcess worker, int place, long most) {
    this.worker = worker;
    this.place = place;
    this.most = most;
  }

  /**
   * Returns it as operators see it.
   *
   * @param resident its memory, as {@link Recycling#resident}
   */
  WorkerStatus status(long resident) {
    List<Exchange> running = new ArrayList<>();
    for (Slot slot : worker.slots()) {
      Exchange exchange = slot.exchange();
      if (exchange != null) {
        running.add(exchange);
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new WorkerStatus(place, worker.pid(), state(), served, resident, seconds, running);
  }

  private WorkerStatus.State state() {
    if (leaving || retiring || ended) {
      return late.isEmpty() ? WorkerStatus.State.LEAVING : WorkerStatus.State.STUCK;
    }
    if (loaded.isEmpty()) {
      return WorkerStatus.State.STARTING;
    }
    if (!late.isEmpty()) {
      return WorkerStatus.State.STUCK;
    }
    return busy > 0 ? WorkerStatus.State.BUSY : WorkerStatus.State.IDLE;
  }

  /** Returns true if it will stay as far as is known. */
  boolean isStaying() {
    return !ended && !retiring && !leaving;
  }

  /** Returns true if a request for an application may come here. */
  boolean isFree(int app, int threads) {
    return loaded.get(app) && !retiring && !ended && !free.isEmpty() && late.size() < threads;
  }

  /** A worker with a request that does not come back is the last choice: it may be stuck. */
  int load() {
    return busy + 1000 * late.size();
  }
}
