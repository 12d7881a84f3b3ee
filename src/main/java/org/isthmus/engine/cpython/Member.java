// What a group knows of one of its workers.
package org.isthmus.engine.cpython;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Guarded by the lock of {@link Members}. */
final class Member {
  final WorkerProcess worker;
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

  Member(WorkerProcess worker, long most) {
    this.worker = worker;
    this.most = most;
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
