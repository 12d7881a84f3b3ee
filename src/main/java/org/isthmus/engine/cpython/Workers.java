// The workers of one interpreter: who gets the next request, and who stands in for one that ended.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.source.Unavailable;

/**
 * A number of processes with the same applications.
 *
 * <p><b>Threading.</b> Any threads; guarded by itself. No worker is started, ended or closed while
 * that is held.
 */
final class Workers implements WorkerProcess.Owner, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  /** How long a request whose time is over may take to come back, before its worker is ended. */
  private static final long GRACE_MS = 5_000;

  private static final long EXIT_MS = 10_000;
  private static final long COME_BACK_SECONDS = 5;

  /** Starts a process that tells its owner of itself. */
  interface Start {
    WorkerProcess start(int number, WorkerProcess.Owner owner) throws IOException;
  }

  private final Start start;
  private final int count;
  private final int threads;
  private final Recycling recycling;
  private final long startMs;
  private final Later later;
  private final Loading loading = new Loading();
  private final Restarts restarts = new Restarts();
  private final List<Member> members = new ArrayList<>();
  private final Deque<Member> leaving = new ArrayDeque<>(); // until another one has come
  private int starting; // on their way, and not yet members
  private int numbers;
  private boolean closing;

  /**
   * Has none yet: the first application starts the first.
   *
   * @param count how many there are to be
   * @param threads how many requests each of them serves at once
   * @param recycling when one is to be replaced
   * @param startMs how long one may take to start, in milliseconds
   * @param later the thread that starts them
   */
  Workers(Start start, int count, int threads, Recycling recycling, long startMs, Later later) {
    this.start = start;
    this.count = count;
    this.threads = threads;
    this.recycling = recycling;
    this.startMs = startMs;
    this.later = later;
  }

  /**
   * Imports an application in a first worker, then in the others.
   *
   * @return its number and its name
   * @throws WsgiException if it cannot be had
   */
  Map.Entry<Integer, String> load(Map<String, Object> spec) {
    int index;
    List<Member> present;
    synchronized (this) {
      index = loading.add(spec);
      // The others are told when they are ready.
      present = members.stream().filter(m -> m.isReady).collect(Collectors.toList());
      grow(members.isEmpty() && starting == 0 ? 1 : 0);
    }
    present.forEach(member -> load(member, index, spec));
    String name = loading.await(index, startMs);
    synchronized (this) {
      grow(count - staying() - starting);
    }
    return Map.entry(index, name);
  }

  private static void load(Member member, int index, Map<String, Object> spec) {
    try {
      member.worker.load(index, spec);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A worker ended meanwhile.", e);
    }
  }

  private int staying() {
    int staying = 0;
    for (Member member : members) {
      staying += member.ended || member.retiring || member.leaving ? 0 : 1;
    }
    return staying;
  }

  /** Has some more workers started. */
  private void grow(int some) {
    for (int i = 0; i < some; i++) {
      starting++;
      later.run(this::startOne, restarts.pauseMs());
    }
  }

  private void startOne() {
    int number;
    synchronized (this) {
      starting--;
      if (closing) {
        return;
      }
      number = numbers++;
      starting++;
    }
    WorkerProcess worker = null;
    try {
      worker = start.start(number, this);
    } catch (IOException | RuntimeException e) {
      failed(new WsgiException(e, Rule.WORKER_START, e), false, 1);
      return;
    }
    boolean unwanted;
    synchronized (this) {
      starting--;
      members.add(new Member(worker, recycling.requests()));
      unwanted = closing;
    }
    worker.listen();
    if (unwanted) {
      worker.kill();
    }
  }

  /**
   * A worker could not be started, or has ended soon.
   *
   * @param hadLoaded true if it had an application
   * @param less how many of those that are on their way are not any more
   */
  private void failed(WsgiException failure, boolean hadLoaded, int less) {
    boolean waited;
    boolean loop;
    synchronized (this) {
      starting -= less;
      loop = restarts.failed(hadLoaded);
      waited = loading.failed(failure);
      if (!waited && !closing) {
        grow(count - staying() - starting);
      }
      notifyAll();
    }
    if (loop && !waited) {
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
    List<Map<String, Object>> specs;
    synchronized (this) {
      member = member(worker);
      member.isReady = true;
      specs = loading.specs();
    }
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i) != null) {
        load(member, i, specs.get(i));
      }
    }
    later.run(() -> requireLoaded(member), startMs);
  }

  private void requireLoaded(Member member) {
    boolean late;
    synchronized (this) {
      late = !member.ended && member.loaded.isEmpty();
    }
    if (late) {
      member.worker.abort();
    }
  }

  @Override
  public synchronized void loaded(WorkerProcess worker, int index, String name) {
    Member member = member(worker);
    if (member.loaded.isEmpty()) {
      later.run(() -> settle(member), Restarts.SETTLED_MS);
    }
    member.loaded.set(index);
    loading.succeeded(index, name);
    if (loading.isAll(member) && !leaving.isEmpty()) {
      retire(leaving.poll());
    }
    notifyAll();
  }

  /** A worker has stayed: what failed before is over. */
  private synchronized void settle(Member member) {
    if (!member.ended) {
      restarts.settled();
    }
  }

  @Override
  public void notLoaded(WorkerProcess worker, int index, List<?> failure) {
    WsgiException told = LoadFailures.of(failure);
    if (!loading.failed(index, told)) {
      LOG.log(System.Logger.Level.ERROR, told.getMessage(), told.getCause());
      worker.kill();
    }
  }

  @Override
  public synchronized void opened(WorkerProcess worker, Slot slot) {
    Member member = member(worker);
    member.free.push(slot);
    member.nextSlot = Math.max(member.nextSlot, slot.number + 1);
    notifyAll();
  }

  @Override
  public synchronized void dropped(WorkerProcess worker, int slot) {
    member(worker).late.remove(slot);
    notifyAll();
  }

  /**
   * Takes a place for a request: of the workers that have the application the one with the fewest
   * requests, and in it the slot that was used last.
   *
   * @throws Unavailable if there is no worker, nor will there be one soon
   */
  synchronized Slot take(int index, Exchange exchange) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(startMs);
    Member best = best(index);
    while (best == null) {
      requireHope(index, end);
      try {
        wait(1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unavailable(COME_BACK_SECONDS, Rule.WAIT_INTERRUPTED);
      }
      best = best(index);
    }
    Slot slot = best.free.pop();
    best.busy++;
    slot.use(exchange);
    return slot;
  }

  private Member best(int index) {
    Member best = null;
    for (Member member : members) {
      if (member.isFree(index, threads) && (best == null || member.load() < best.load())) {
        best = member;
      }
    }
    return closing ? null : best;
  }

  /** Throws if there is no worker, and there will not be one soon. */
  private void requireHope(int index, long end) {
    if (closing) {
      throw new Unavailable(COME_BACK_SECONDS, Rule.WAIT_INTERRUPTED);
    }
    boolean some = members.stream().anyMatch(m -> m.loaded.get(index) && !m.ended);
    if (!some && (restarts.isLoop() || System.nanoTime() - end > 0)) {
      throw new Unavailable(restarts.pauseMs() / 1000 + 1, Rule.WORKERS_DOWN);
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
    synchronized (this) {
      member = member(slot.worker);
      slot.use(null);
      member.busy--;
      if (member.ended) {
        over = member.busy == 0 && members.remove(member);
      } else if (complete) {
        member.free.push(slot);
        recycle(member);
        notify();
      } else {
        replacement = member.nextSlot++ & 0xFFFF;
        if (late) {
          member.late.add(slot.number);
        }
        recycle(member);
      }
    }
    if (replacement >= 0) {
      slot.worker.replace(slot, replacement);
    }
    if (late && replacement >= 0) {
      later.run(() -> requireBack(member, slot.number), GRACE_MS);
    }
    if (over) {
      close(member.worker);
    }
  }

  /** Has another worker take the place of one that has served, or grown, enough. */
  private void recycle(Member member) {
    member.served++;
    if (member.retiring) {
      retire(member);
    } else if (!member.leaving && recycling.isDue(member)) {
      member.leaving = true;
      leaving.add(member);
      grow(1);
    }
  }

  /** Has a worker end when its last request has. */
  private void retire(Member member) {
    member.retiring = true;
    if (member.busy == 0 && !member.ended) {
      later.run(member.worker::exit, 0);
      later.run(member.worker::kill, EXIT_MS); // nothing, if it has
    }
  }

  /** Ends a worker in which a request goes on though its time is over. */
  private void requireBack(Member member, int slot) {
    synchronized (this) {
      if (member.ended || member.retiring || !member.late.contains(slot)) {
        return;
      }
      member.retiring = true;
      grow(member.leaving ? 0 : 1);
      notifyAll();
    }
    long pid = member.worker.pid();
    LOG.log(System.Logger.Level.WARNING, Rule.WORKER_STUCK.message(pid, GRACE_MS / 1000));
    // The others in it may end first.
    later.run(member.worker::abort, GRACE_MS);
  }

  @Override
  public void ended(WorkerProcess worker) {
    boolean soon;
    boolean over;
    boolean expected;
    boolean hadLoaded;
    synchronized (this) {
      Member member = member(worker);
      member.ended = true;
      leaving.remove(member);
      expected = closing || member.retiring || member.leaving;
      long settled = TimeUnit.MILLISECONDS.toNanos(Restarts.SETTLED_MS);
      soon = System.nanoTime() - member.began < settled;
      hadLoaded = !member.loaded.isEmpty();
      over = member.busy == 0 && members.remove(member);
      grow(expected || soon ? 0 : 1);
      notifyAll();
    }
    if (!expected) {
      String how = Ends.described(worker.exitCode());
      LOG.log(System.Logger.Level.ERROR, Rule.WORKER_ENDED.message(worker.pid(), how));
      if (soon) {
        failed(new WsgiException(Rule.WORKER_START, "it ended: " + how), hadLoaded, 0);
      }
    }
    if (over) {
      close(worker);
    }
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
  synchronized List<WorkerProcess> processes() {
    List<WorkerProcess> some = new ArrayList<>();
    members.forEach(member -> some.add(member.worker));
    return some;
  }

  /** Runs exit functions for up to ten seconds, then ends what is left. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    List<WorkerProcess> all = processes();
    all.forEach(WorkerProcess::exit);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EXIT_MS);
    boolean interrupted = false;
    for (WorkerProcess worker : all) {
      boolean gone = false;
      try {
        gone = !interrupted && worker.await(Math.max(1, (end - System.nanoTime()) / 1_000_000));
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

  /** Their events are over when this returns. */
  private synchronized void awaitEnds() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    try {
      while (members.stream().anyMatch(m -> !m.ended) && System.nanoTime() - end < 0) {
        wait(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
