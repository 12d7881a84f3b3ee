// Starts the workers of one group, and replaces those that end or have served enough.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Keeps a number of processes running, all with the same applications.
 *
 * <p><b>Threading.</b> Any thread may call; guarded by {@link Members}.
 */
final class Supervisor implements WorkerProcess.Owner, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  /** Starts a process, which reports to its owner. */
  interface Start {
    WorkerProcess start(int number, WorkerProcess.Owner owner) throws IOException;
  }

  private final Members members;
  private final Start start;
  private final int count;
  private final Recycling recycling;
  private final long startMs;
  private final WorkerScheduler scheduler;
  private final Retirement retirement;
  private final LateRequests late;
  private final GroupApps apps = new GroupApps();
  private final RestartBackoff restarts;
  private final GroupStatus status;
  private final Deque<Member> leaving = new ArrayDeque<>(); // until their replacements have started
  private int starting; // processes that are starting and not yet members
  private int numbers;

  /**
   * Starts no worker yet: the first application does.
   *
   * @param count the number of workers
   * @param recycling decides when one is replaced
   * @param startMs how long one may take to start, in milliseconds
   * @param scheduler the thread that starts them
   */
  Supervisor(
      Members members,
      Start start,
      int count,
      Recycling recycling,
      long startMs,
      WorkerScheduler scheduler) {
    this.members = members;
    this.start = start;
    this.count = count;
    this.restarts = new RestartBackoff(count);
    this.recycling = recycling;
    this.startMs = startMs;
    this.scheduler = scheduler;
    this.retirement = new Retirement(scheduler);
    this.late = new LateRequests(members, scheduler, () -> grow(1));
    this.status = new GroupStatus(members, count, this::isLoop);
  }

  /** Returns the state of the group, for operators. */
  GroupStatus status() {
    return status;
  }

  /** Ends workers whose requests continue after their timeout. */
  LateRequests late() {
    return late;
  }

  /** Returns how long a worker may take to start, in milliseconds. */
  long startMs() {
    return startMs;
  }

  /**
   * Imports an application in a first worker, then in the others.
   *
   * @return its number and its name
   * @throws WsgiException if it cannot be loaded
   */
  Map.Entry<Integer, String> load(Map<String, Object> spec) {
    int index;
    List<Member> present;
    synchronized (members) {
      index = apps.add(spec);
      // The other workers import it when they are ready.
      present = members.list();
      present.removeIf(member -> !member.isReady);
      grow(members.isEmpty() && starting == 0 ? 1 : 0);
    }
    present.forEach(member -> load(member, index, spec));
    String name = apps.await(index, startMs);
    synchronized (members) {
      grow(count - members.staying() - starting);
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

  /** Returns true if workers end as soon as they start, so that waiting for one is useless. */
  boolean isLoop() {
    synchronized (members) {
      return restarts.isLoop();
    }
  }

  /** Returns how long to wait for the next start of a worker, in milliseconds. */
  long pauseMs() {
    synchronized (members) {
      return restarts.pauseMs();
    }
  }

  /** Starts the workers that are missing, on the engine's thread. */
  private void grow(int missing) {
    for (int i = 0; i < missing; i++) {
      starting++;
      scheduler.run(this::startOne, restarts.pauseMs());
    }
  }

  private void startOne() {
    int number;
    synchronized (members) {
      if (members.isClosing()) {
        starting--;
        return;
      }
      number = numbers++;
    }
    Member member = null;
    try {
      member = add(start.start(number, this));
      member.worker.listen();
    } catch (IOException | RuntimeException | Error e) { // Error: there is no thread or memory
      if (member != null) {
        discard(member);
      }
      failed(new WsgiException(e, Rule.WORKER_START, e), null);
      return;
    }
    if (members.isClosing()) {
      member.worker.termination.kill();
    }
  }

  private Member add(WorkerProcess worker) {
    Member member;
    synchronized (members) {
      member = members.add(worker, recycling.requests());
      starting--;
    }
    scheduler.run(() -> requireLoaded(member), startMs);
    return member;
  }

  /** Ends a worker to which no thread listens: it counts as one that is starting. */
  private void discard(Member member) {
    synchronized (members) {
      member.ended = true;
      members.remove(member);
      starting++;
    }
    scheduler.run(member.worker.termination::kill, 0);
    scheduler.run(member.worker::close, 0);
  }

  /**
   * Handles a worker that could not be started, or ended at once. If the web application waits for
   * it, that reports the failure.
   *
   * @param ended null if it could not be started
   */
  private void failed(WsgiException failure, Member ended) {
    boolean waited;
    boolean loop;
    synchronized (members) {
      starting -= ended == null ? 1 : 0;
      loop = restarts.failed(ended != null && !ended.loaded.isEmpty());
      // What ends a broken one is an application that another one has loaded: nobody awaits it.
      waited = (ended == null || ended.broken == null) && apps.failed(failure);
      // If the first application cannot be loaded, there will be no other attempt.
      if (!(waited && apps.isNone()) && !members.isClosing()) {
        grow(count - members.staying() - starting);
      }
      members.notifyAll();
    }
    if (!waited && ended != null) {
      logEnd(ended);
    }
    if (loop && !waited) {
      String message = Rule.WORKER_LOOP.message(failure.getMessage());
      LOG.log(System.Logger.Level.ERROR, message, failure.getCause());
    }
  }

  private static void logEnd(Member member) {
    if (member.broken == null) { // otherwise the log has that
      WorkerProcess worker = member.worker;
      String how = worker.termination.description();
      LOG.log(System.Logger.Level.ERROR, Rule.WORKER_ENDED.message(worker.pid(), how));
    }
  }

  @Override
  public void began(WorkerProcess worker) {
    Member member;
    List<Map<String, Object>> specs;
    synchronized (members) {
      member = members.of(worker);
      member.isReady = true;
      specs = apps.specs();
    }
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i) != null) {
        load(member, i, specs.get(i));
      }
    }
  }

  private void requireLoaded(Member member) {
    boolean late;
    synchronized (members) {
      if (!member.ended && member.loaded.isEmpty() && apps.isAwaited()) {
        scheduler.run(() -> requireLoaded(member), startMs); // perhaps for another worker's import
      }
      late = !member.ended && apps.isLate(member);
    }
    if (late) {
      String why = "it had loaded no application within isthmus.worker.start_timeout";
      member.worker.termination.abort(scheduler, "start_timeout", why);
    }
  }

  @Override
  public void loaded(WorkerProcess worker, int index, String name) {
    synchronized (members) {
      Member member = members.of(worker);
      if (member.loaded.isEmpty()) {
        scheduler.run(() -> settle(member), RestartBackoff.SETTLED_MS);
      }
      member.loaded.set(index);
      apps.succeeded(index, name);
      if (apps.isAll(member) && !leaving.isEmpty()) {
        retirement.of(leaving.poll());
      }
      members.notifyAll();
    }
  }

  /** Records that a worker has started successfully. */
  private void settle(Member member) {
    synchronized (members) {
      if (!member.ended) {
        restarts.settled();
      }
    }
  }

  @Override
  public void notLoaded(WorkerProcess worker, int index, List<?> failure) {
    WsgiException broken = LoadFailures.of(failure);
    if (!apps.failed(index, broken)) {
      LOG.log(System.Logger.Level.ERROR, broken.getMessage(), broken.getCause());
      synchronized (members) {
        members.of(worker).broken = broken;
      }
      worker.termination.kill("import", "it could not load an application");
    }
  }

  @Override
  public void opened(WorkerProcess worker, Slot slot) {
    synchronized (members) {
      Member member = members.of(worker);
      member.free.push(slot);
      member.nextSlot = Math.max(member.nextSlot, slot.number + 1);
      members.notifyAll();
    }
  }

  @Override
  public void dropped(WorkerProcess worker, int slot, List<?> failure) {
    Consumer<List<?>> report;
    synchronized (members) {
      Member member = members.of(worker);
      member.late.remove(slot);
      member.stalled = false;
      report = member.laterFailures.remove(slot);
      member.release(slot);
      members.notifyAll();
    }
    if (report != null && failure != null) {
      report.accept(failure);
    }
  }

  /** Records that a worker has answered a request. */
  void answered(Member member) {
    if (!member.answered) {
      member.answered = true;
      restarts.settled();
    }
  }

  /** Counts a request that has ended, and replaces its worker if that has served enough. */
  void served(Member member) {
    member.served++;
    if (member.retiring) {
      retirement.of(member);
      return;
    }
    String due = member.leaving ? null : recycling.due(member);
    if (due != null) {
      member.reason = due;
      member.leaving = true;
      leaving.add(member);
      grow(1);
    }
  }

  /** Ends a worker if that was its last request, which another one will answer. */
  void idled(Member member) {
    if (member.retiring) {
      retirement.of(member);
    }
  }

  @Override
  public void silent(WorkerProcess worker) {
    synchronized (members) {
      members.of(worker).silent = true;
    }
  }

  @Override
  public void ended(WorkerProcess worker) {
    Member member;
    boolean over;
    boolean expected;
    boolean failed;
    synchronized (members) {
      member = members.of(worker);
      member.ended = true;
      leaving.remove(member);
      boolean replaced = member.retiring || member.leaving; // or about to be
      boolean isTimeout = LateRequests.TIMEOUT.equals(worker.termination.counted(null));
      expected = members.isClosing() || member.isAsked || isTimeout;
      boolean soon = System.nanoTime() - member.began < RestartBackoff.SETTLED_MS * 1_000_000;
      boolean isNew = soon && !member.answered;
      failed = !expected && !replaced && (isNew || member.broken != null);
      over = member.busy == 0 && members.remove(member);
      if (!members.isClosing()) {
        status.ended(member);
      }
      if (!expected && !failed) {
        restarts.crashed();
        grow(replaced ? 0 : 1);
      }
      members.notifyAll();
    }
    worker.logOutput();
    if (failed) {
      failed(startFailure(member), member);
    } else if (!expected) {
      logEnd(member);
    }
    if (over) {
      worker.close();
    }
  }

  private static WsgiException startFailure(Member member) {
    return member.broken != null
        ? member.broken
        : new WsgiException(
            Rule.WORKER_START, "it ended: " + member.worker.termination.description());
  }

  @Override
  public void close() {
    GroupShutdown.of(members);
  }
}
