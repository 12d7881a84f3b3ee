// The state of one worker, as its group knows it.
package org.isthmus.engine.cpython;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.isthmus.engine.WorkerStatus;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;

/** Guarded by the lock of {@link Members}. */
final class Member {
  final WorkerProcess worker;
  final int place;
  final long began = System.nanoTime();
  final Deque<Slot> free = new ArrayDeque<>(); // the most recently used slot first
  final BitSet loaded = new BitSet(); // applications, by number
  // By slot number: called if a request whose slot was closed ends with a failure.
  final Map<Integer, Consumer<List<?>>> laterFailures = new HashMap<>();
  final Set<Integer> late = new HashSet<>(); // slots whose timed-out requests are still running
  final Map<Integer, Integer> alone = new HashMap<>(); // serial applications that run: their slots
  boolean isReady; // it can import applications
  boolean stalled; // it has returned requests, and since then none has ended
  int busy;
  int nextSlot;
  final long maxRequests; // it is replaced after this many
  long served;
  boolean answered; // a request, completely
  long memoryChecked; // when its memory was last checked, as System.nanoTime
  boolean silent; // it gets no request: it is about to end, unexpectedly perhaps
  boolean ended;
  boolean leaving; // it is retired as soon as its replacement has loaded all applications
  boolean retiring; // it gets no further requests, and ends after its last one
  boolean isAsked; // it has been told to end, because it had no request
  WsgiException broken; // why it has not loaded an application, which ends it; or null
  String reason; // why it has to end, for the counter of exits; null if it stays

  Member(WorkerProcess worker, int place, long maxRequests) {
    this.worker = worker;
    this.place = place;
    this.maxRequests = maxRequests;
  }

  /** Returns a snapshot for operators. */
  WorkerStatus status() {
    List<Exchange> running = new ArrayList<>();
    for (Slot slot : worker.slots()) {
      Exchange exchange = slot.exchange();
      if (exchange != null) {
        running.add(exchange);
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    long pid = worker.pid();
    // Read on demand: a meter of one worker need not look at all of them.
    LongSupplier resident = () -> Recycling.resident(pid);
    return new WorkerStatus(place, pid, state(), served, resident, seconds, running);
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
    return load() > 0 ? WorkerStatus.State.BUSY : WorkerStatus.State.IDLE;
  }

  /** Returns true unless it has ended or is about to. */
  boolean isStaying() {
    return !ended && !retiring && !leaving;
  }

  /**
   * Returns true if it can take a request for an application: one to begin with, or one more to
   * have at hand when another has ended, which saves a wake-up if that is soon.
   */
  boolean isFree(int app, int threads) {
    boolean gets = loaded.get(app) && !retiring && !silent && !ended;
    boolean waits = (stalled && running() >= threads) || alone.containsKey(app);
    return gets && !free.isEmpty() && late.size() < threads && !waits;
  }

  /** Records that no request runs any more in a slot. */
  void release(int slot) {
    if (!alone.isEmpty()) {
      alone.values().remove(slot);
    }
  }

  /** Returns a number for a new slot. After 65,536, some are those of slots in use. */
  int nextNumber() {
    int number;
    do {
      number = nextSlot++ & 0xFFFF;
    } while (worker.hasSlot(number) || late.contains(number) || laterFailures.containsKey(number));
    return number;
  }

  /** Returns how many requests it has, with those that nobody waits for any more. */
  private int running() {
    return busy + late.size() + laterFailures.size();
  }

  /** Sorts workers last in which a request goes on that nobody waits for: it may be stuck. */
  int load() {
    return busy + 1000 * (late.size() + laterFailures.size());
  }
}
