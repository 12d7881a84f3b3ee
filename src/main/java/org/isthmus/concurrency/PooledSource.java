// A pool of interpreters, each with its own application, for one request at a time.
package org.isthmus.concurrency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.Unavailable;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;

/**
 * Lends an application that is not thread-safe to several requests at once.
 *
 * <p>A request that finds no idle interpreter makes the pool start another, on the pool's own
 * thread, and takes whichever is ready first: that one, or one that is returned. Idle ones are
 * kept.
 *
 * <p><b>Threading.</b> Any number of threads; a fair lock guards all state, and is never held while
 * an interpreter is created or closed.
 */
public final class PooledSource implements AppSource, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.concurrency");

  /** How long to wait before the next attempt if no interpreter could be started. */
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(10);

  /** How long to wait at undeployment for an interpreter that is being started. */
  private static final Duration GROWTH_TIMEOUT = Duration.ofSeconds(30);

  /** Retry-After when the web application stops: often it is about to be redeployed. */
  private static final long RETRY_AFTER_SECONDS = 5;

  private final Engine engine;
  private final AppSpec spec;
  private final int max;
  private final Duration timeout;
  private final Map<Thread, Member> borrowed = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition available = lock.newCondition();
  private final Deque<Member> idle = new ArrayDeque<>();
  private final List<Member> members = new ArrayList<>();
  private int waiting;
  private Thread growth;
  private Long pausedSince;
  private boolean closed;

  /**
   * Fills a pool.
   *
   * @param min how many members to create now
   * @param max how many there may be
   * @param timeout how long a request waits for one
   * @throws org.isthmus.errors.WsgiException if the application cannot be loaded
   */
  public PooledSource(Engine engine, AppSpec spec, int min, int max, Duration timeout) {
    this.engine = engine;
    this.spec = spec;
    this.max = max;
    this.timeout = timeout;
    boolean filled = false;
    try {
      while (members.size() < min) {
        Member member = new Member(OwnApp.load(engine, spec));
        members.add(member);
        idle.push(member);
      }
      filled = true;
    } finally {
      if (!filled) {
        close();
      }
    }
  }

  /** One interpreter with the application in it, and the lease of both. */
  private final class Member implements Lease {
    private final OwnApp own;

    Member(OwnApp own) {
      this.own = own;
    }

    @Override
    public WsgiApp app() {
      return own.app();
    }

    @Override
    public void close() {
      borrowed.remove(Thread.currentThread());
      lock.lock();
      try {
        putIdle(this);
      } finally {
        lock.unlock();
      }
    }
  }

  /** The member that the thread's outer request holds; requests it dispatches share it. */
  private static final class Inner implements Lease {
    private final WsgiApp app;

    Inner(WsgiApp app) {
      this.app = app;
    }

    @Override
    public WsgiApp app() {
      return app;
    }

    @Override
    public void close() {}
  }

  @Override
  public Lease borrow() {
    Member outer = borrowed.get(Thread.currentThread());
    if (outer != null) {
      return new Inner(outer.app());
    }
    try {
      Member member = take();
      borrowed.put(Thread.currentThread(), member);
      return member;
    } catch (InterruptedException e) {
      throw new Unavailable(1, Rule.WAIT_INTERRUPTED);
    }
  }

  private Member take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      waiting++;
      while (idle.isEmpty()) {
        if (closed) {
          throw new Unavailable(RETRY_AFTER_SECONDS, Rule.WAIT_INTERRUPTED);
        }
        grow();
        if (left <= 0) {
          String time = Seconds.text(timeout);
          throw new Unavailable(timeout.toSeconds(), Rule.POOL_EXHAUSTED, max, time);
        }
        left = available.awaitNanos(left);
      }
      return idle.pop();
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /**
   * Last in, first out, because its data are in the processor's caches. If the pool is closed, so
   * is the member.
   */
  private void putIdle(Member member) {
    if (!closed) {
      idle.push(member);
      available.signal();
    }
  }

  /** Returns how many interpreters there may be. */
  public int max() {
    return max;
  }

  /** Returns how many interpreters there are. */
  public int size() {
    lock.lock();
    try {
      return members.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many of them are answering a request. */
  public int busy() {
    return borrowed.size();
  }

  /** Starts one more member, one at a time, unless the last attempt has only just failed. */
  private void grow() {
    if (growth != null || members.size() == max || isPausing()) {
      return;
    }
    // Do not inherit the thread-locals of the current request.
    Thread thread = new Thread(null, this::growHere, "isthmus-pool", 0, false);
    thread.setDaemon(true);
    thread.start();
    growth = thread; // only now: if no thread can be started, the next request tries again
  }

  private boolean isPausing() {
    return pausedSince != null && System.nanoTime() - pausedSince < RETRY_PAUSE.toNanos();
  }

  private void growHere() {
    Member made = null;
    Throwable failure = null;
    try {
      // Separate times, because another application may be starting and adding up its own.
      made = new Member(OwnApp.load(engine.interpreter(new StartTimes()), spec));
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    if (!settle(made, failure) && made != null) {
      made.own.close();
    }
  }

  /** Adds a new member, if there is one; returns false if the pool does not take it. */
  private boolean settle(Member made, Throwable failure) {
    lock.lock();
    try {
      growth = null;
      if (closed) {
        return false;
      }
      if (made == null) {
        pausedSince = System.nanoTime();
        log(failure);
        return false;
      }
      members.add(made);
      putIdle(made);
      if (waiting > idle.size()) {
        grow();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void log(Throwable failure) {
    String pause = Seconds.text(RETRY_PAUSE);
    String message = Rule.POOL_GROWTH.message(spec.displayName(), members.size(), pause);
    LOG.log(System.Logger.Level.ERROR, message, failure);
  }

  /** Refuses waiting requests and closes all interpreters; no request should be left. */
  @Override
  public void close() {
    List<Member> last;
    Thread growing;
    lock.lock();
    try {
      closed = true;
      growing = growth;
      last = List.copyOf(members);
      members.clear();
      idle.clear();
      available.signalAll();
    } finally {
      lock.unlock();
    }
    if (growing != null) {
      end(growing);
    }
    for (Member member : last) {
      try {
        member.own.close();
      } catch (RuntimeException | Error e) {
        // Close the others regardless.
        LOG.log(System.Logger.Level.WARNING, Rule.CLOSE_FAILED.message(e), e);
      }
    }
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(GROWTH_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
