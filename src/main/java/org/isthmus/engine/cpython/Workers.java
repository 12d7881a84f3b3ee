// The workers of one interpreter: who gets the next request, and who stands in for one that ended.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.source.Unavailable;

/**
 * A number of processes with the same applications.
 *
 * <p><b>Threading.</b> Any threads; a lock guards what is said of workers, and is not held while
 * one of them is spoken to. Processes are started on a thread that lives as long as they may.
 */
final class Workers implements WorkerProcess.Owner, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  /** A worker that has lived so long has not failed at its start. */
  private static final long SETTLED_MS = 10_000;

  private static final long LONGEST_PAUSE_MS = 30_000;
  private static final long FIRST_PAUSE_MS = 250;

  /** A worker that never had the application counts for several that died of a request. */
  private static final int NEVER_LOADED = 4;

  /** From so many on, with no worker in between that stayed, it is a loop, and said. */
  private static final int LOOP = 3 * NEVER_LOADED;

  /** How long a request whose time is over may take to come back, before its worker is ended. */
  private static final long GRACE_MS = 5_000;

  private static final long EXIT_MS = 10_000;

  /** Starts a process that tells its owner of itself. */
  interface Start {
    WorkerProcess start(int number, WorkerProcess.Owner owner) throws IOException;
  }

  private final Start start;
  private final int count;
  private final int threads;
  private final long startMs;
  private final ScheduledExecutorService supervisor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Member> members = new ArrayList<>();
  private final List<Map<String, Object>> specs = new ArrayList<>();
  private final List<CompletableFuture<String>> outcomes = new ArrayList<>();
  private int starting; // on their way, and not yet members
  private int numbers;
  private int failures; // since a worker has stayed
  private boolean looping; // and it has been said
  private long nextStart = System.nanoTime();
  private boolean closing;

  /** What is known of one worker. */
  private static final class Member {
    final WorkerProcess worker;
    final long began = System.nanoTime();
    final Deque<Slot> free = new ArrayDeque<>();
    final BitSet loaded = new BitSet();
    final Set<Integer> late = new HashSet<>(); // slots whose requests have not come back
    int busy;
    int nextSlot;
    boolean ended;
    boolean retiring; // another one is on its way

    Member(WorkerProcess worker) {
      this.worker = worker;
    }

    /** One with a request that does not come back is the last choice: it may be stuck. */
    int load() {
      return busy + 1000 * late.size();
    }
  }

  /**
   * Has none yet: the first application starts the first.
   *
   * @param count how many there are to be
   * @param threads how many requests each of them serves at once
   * @param startMs how long one may take to start, in milliseconds
   * @param supervisor one thread, which ends after all workers
   */
  Workers(Start start, int count, int threads, long startMs, ScheduledExecutorService supervisor) {
    this.start = start;
    this.count = count;
    this.threads = threads;
    this.startMs = startMs;
    this.supervisor = supervisor;
  }

  /**
   * Imports an application in a first worker, then in the others.
   *
   * @return its number and its name
   * @throws WsgiException if it cannot be had
   */
  Map.Entry<Integer, String> load(Map<String, Object> spec) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    int index;
    List<Member> present;
    lock.lock();
    try {
      index = specs.size();
      specs.add(spec);
      outcomes.add(outcome);
      present = new ArrayList<>(members);
      if (present.isEmpty()) {
        grow(1);
      }
    } finally {
      lock.unlock();
    }
    present.forEach(member -> load(member, index, spec));
    try {
      String name = outcome.get(startMs, TimeUnit.MILLISECONDS);
      lock.lock();
      try {
        grow(count - present() - starting);
      } finally {
        lock.unlock();
      }
      return Map.entry(index, name);
    } catch (ExecutionException e) {
      forget(index);
      throw e.getCause() instanceof WsgiException
          ? (WsgiException) e.getCause()
          : new WsgiException(e.getCause(), Rule.WORKER_START, e.getCause());
    } catch (TimeoutException e) {
      forget(index);
      throw new WsgiException(Rule.WORKER_START, "nothing was heard of it in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      forget(index);
      throw new WsgiException(e, Rule.WORKER_START, "it was interrupted");
    }
  }

  private void forget(int index) {
    lock.lock();
    try {
      specs.set(index, null);
    } finally {
      lock.unlock();
    }
  }

  private void load(Member member, int index, Map<String, Object> spec) {
    try {
      member.worker.load(index, spec);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A worker ended meanwhile.", e);
    }
  }

  /** Returns how many there are that stay; the lock is held. */
  private int present() {
    int present = 0;
    for (Member member : members) {
      present += member.ended || member.retiring ? 0 : 1;
    }
    return present;
  }

  /** Has some more workers started; the lock is held. */
  private void grow(int some) {
    for (int i = 0; i < some; i++) {
      starting++;
      long delay = Math.max(0, nextStart - System.nanoTime());
      later(this::startOne, TimeUnit.NANOSECONDS.toMillis(delay));
    }
  }

  /** Does something on the thread that lives as long as the engine. */
  private void later(Runnable work, long milliseconds) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            LOG.log(
                System.Logger.Level.ERROR, "Workers are not looked after as they should be.", e);
          }
        };
    try {
      var unused = supervisor.schedule(guarded, milliseconds, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "The engine has ended.", e);
    }
  }

  private void startOne() {
    // Held while it starts, for its first events come on another thread.
    lock.lock();
    try {
      starting--;
      if (!closing) {
        members.add(new Member(start.start(numbers++, this)));
      }
    } catch (IOException | RuntimeException e) {
      failed(new WsgiException(e, Rule.WORKER_START, e), NEVER_LOADED);
    } finally {
      lock.unlock();
    }
  }

  /** A worker could not be started, or has ended soon. */
  private void failed(WsgiException failure, int weight) {
    boolean waited = false;
    boolean said;
    lock.lock();
    try {
      failures += weight;
      int doublings = Math.min(10, failures / NEVER_LOADED - 1);
      long pause = doublings < 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << doublings);
      nextStart = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
      for (CompletableFuture<String> outcome : outcomes) {
        waited |= outcome.completeExceptionally(failure);
      }
      if (!waited && !closing) {
        grow(count - present() - starting);
      }
      said = waited || looping || failures < LOOP;
      looping |= failures >= LOOP;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!said) {
      LOG.log(System.Logger.Level.ERROR, Rule.WORKER_LOOP.message(failure.getMessage()));
    }
  }

  private Member member(WorkerProcess worker) {
    for (Member member : members) {
      if (member.worker == worker) {
        return member;
      }
    }
    throw new IllegalStateException("no worker of ours");
  }

  @Override
  public void began(WorkerProcess worker) {
    Member member;
    List<Map<String, Object>> wanted;
    lock.lock();
    try {
      member = member(worker);
      wanted = new ArrayList<>(specs);
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i) != null) {
        load(member, i, wanted.get(i));
      }
    }
    later(() -> requireReady(member), startMs);
  }

  private void requireReady(Member member) {
    boolean late;
    lock.lock();
    try {
      late = !member.ended && member.loaded.isEmpty();
    } finally {
      lock.unlock();
    }
    if (late) {
      member.worker.abort();
    }
  }

  @Override
  public void loaded(WorkerProcess worker, int index, String name) {
    lock.lock();
    try {
      Member member = member(worker);
      if (member.loaded.isEmpty()) {
        later(() -> settle(member), SETTLED_MS);
      }
      member.loaded.set(index);
      outcomes.get(index).complete(name);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A worker has stayed: what failed before is over. */
  private void settle(Member member) {
    lock.lock();
    try {
      if (!member.ended) {
        failures = 0;
        looping = false;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void notLoaded(WorkerProcess worker, int index, List<?> failure) {
    WsgiException told = LoadFailures.of(failure);
    boolean waited;
    lock.lock();
    try {
      waited = outcomes.get(index).completeExceptionally(told);
    } finally {
      lock.unlock();
    }
    if (!waited) {
      LOG.log(System.Logger.Level.ERROR, told.getMessage(), told.getCause());
      worker.kill();
    }
  }

  @Override
  public void opened(WorkerProcess worker, Slot slot) {
    lock.lock();
    try {
      Member member = member(worker);
      member.free.push(slot);
      member.nextSlot = Math.max(member.nextSlot, slot.number + 1);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void dropped(WorkerProcess worker, int slot) {
    lock.lock();
    try {
      member(worker).late.remove(slot);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a place for a request: of the workers that have the application the one with the fewest
   * requests, and in it the slot that was used last.
   *
   * @throws Unavailable if there is no worker, nor will there be one soon
   */
  Slot take(int index, Exchange exchange) {
    lock.lock();
    try {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(startMs);
      while (true) {
        Member best = best(index);
        if (best != null) {
          Slot slot = best.free.pop();
          best.busy++;
          slot.use(exchange);
          return slot;
        }
        requireHope(index, end);
        changed.await(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable(5, Rule.WAIT_INTERRUPTED);
    } finally {
      lock.unlock();
    }
  }

  private Member best(int index) {
    Member best = null;
    for (Member member : members) {
      boolean free =
          member.loaded.get(index)
              && !member.retiring
              && !member.ended
              && !member.free.isEmpty()
              && member.late.size() < threads;
      if (free && (best == null || member.load() < best.load())) {
        best = member;
      }
    }
    return best;
  }

  /** Throws if there is no worker, and there will not be one soon; the lock is held. */
  private void requireHope(int index, long end) {
    if (closing) {
      throw new Unavailable(5, Rule.WAIT_INTERRUPTED);
    }
    boolean some = members.stream().anyMatch(m -> m.loaded.get(index) && !m.ended);
    long now = System.nanoTime();
    if (!some && (failures >= LOOP || now - end > 0)) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(nextStart - now) + 1;
      throw new Unavailable(seconds, Rule.WORKERS_DOWN);
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
    lock.lock();
    try {
      member = member(slot.worker);
      slot.use(null);
      member.busy--;
      if (member.ended) {
        over = member.busy == 0;
      } else if (complete) {
        member.free.push(slot);
        changed.signal();
      } else {
        replacement = member.nextSlot++ & 0xFFFF;
        if (late) {
          member.late.add(slot.number);
        }
      }
    } finally {
      lock.unlock();
    }
    if (replacement >= 0) {
      slot.worker.replace(slot, replacement);
      if (late) {
        later(() -> requireBack(member, slot.number), GRACE_MS);
      }
    } else if (over) {
      free(member);
    }
  }

  /** Ends a worker in which a request goes on though its time is over. */
  private void requireBack(Member member, int slot) {
    boolean first;
    lock.lock();
    try {
      if (member.ended || !member.late.contains(slot)) {
        return;
      }
      first = !member.retiring;
      if (first) {
        member.retiring = true;
        grow(1);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (first) {
      LOG.log(
          System.Logger.Level.WARNING,
          Rule.WORKER_STUCK.message(member.worker.pid(), GRACE_MS / 1000));
      // The others in it may end first.
      later(member.worker::abort, GRACE_MS);
    }
  }

  @Override
  public void ended(WorkerProcess worker) {
    boolean soon;
    boolean over;
    boolean expected;
    int weight;
    Member member;
    lock.lock();
    try {
      member = member(worker);
      member.ended = true;
      expected = closing || member.retiring;
      soon = System.nanoTime() - member.began < TimeUnit.MILLISECONDS.toNanos(SETTLED_MS);
      weight = member.loaded.isEmpty() ? NEVER_LOADED : 1;
      over = member.busy == 0;
      if (over) {
        members.remove(member);
      }
      if (!expected && !soon) {
        grow(1);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!expected) {
      String how = Ends.described(worker.exitCode());
      LOG.log(System.Logger.Level.ERROR, Rule.WORKER_ENDED.message(worker.pid(), how));
      if (soon) {
        failed(new WsgiException(Rule.WORKER_START, "it ended: " + how), weight);
      }
    }
    if (over) {
      close(worker);
    }
  }

  private void free(Member member) {
    lock.lock();
    try {
      members.remove(member);
    } finally {
      lock.unlock();
    }
    close(member.worker);
  }

  private static void close(WorkerProcess worker) {
    try {
      worker.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The pipes of a worker remain.", e);
    }
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
    lock.lock();
    try {
      List<WorkerProcess> some = new ArrayList<>();
      members.forEach(member -> some.add(member.worker));
      return some;
    } finally {
      lock.unlock();
    }
  }

  /** Runs exit functions for up to ten seconds, then ends what is left. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    List<WorkerProcess> all = processes();
    all.forEach(WorkerProcess::exit);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EXIT_MS);
    boolean interrupted = false;
    for (WorkerProcess worker : all) {
      boolean gone = false;
      try {
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        gone = !interrupted && worker.await(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (!gone) {
        LOG.log(System.Logger.Level.WARNING, Rule.EXIT_FAILED.message(EXIT_MS / 1000));
        worker.kill();
      }
    }
    awaitEnds();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Their events are over, and their pipes gone, when this returns. */
  private void awaitEnds() {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(5);
      while (left > 0 && members.stream().anyMatch(member -> !member.ended)) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
