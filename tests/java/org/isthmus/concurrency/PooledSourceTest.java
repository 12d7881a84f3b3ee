package org.isthmus.concurrency;

import static org.isthmus.concurrency.Elsewhere.elsewhere;
import static org.isthmus.concurrency.Elsewhere.refusalOfInterrupted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.Unavailable;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.junit.jupiter.api.Test;

/** How a pool fills, grows, refuses and ends. */
class PooledSourceTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final AppSpec SPEC =
      new AppSpec("shop:application", List.of(), false, true, Map.of(), Map.of(), null);

  private final Interpreters engine = new Interpreters();

  /** An engine that counts its interpreters. */
  private static final class Interpreters implements Engine {
    private final List<Interpreter> made = new CopyOnWriteArrayList<>();
    private final List<Interpreter> closed = new CopyOnWriteArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final StartTimes times = new StartTimes();
    private volatile boolean failing;
    private volatile boolean failingAtTheEnd;

    @Override
    public Interpreter interpreter() {
      times.ended("start");
      return made();
    }

    @Override
    public Interpreter interpreter(StartTimes apart) {
      apart.ended("start");
      return made();
    }

    private Interpreter made() {
      Interpreter interpreter =
          new Interpreter() {
            @Override
            public WsgiApp load(AppSpec spec) {
              return loaded();
            }

            @Override
            public void close() {
              closed.add(this);
              if (failingAtTheEnd) {
                throw new NoClassDefFoundError("what a container has taken away");
              }
            }
          };
      made.add(interpreter);
      return interpreter;
    }

    private WsgiApp loaded() {
      loads.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new WsgiException(e, Rule.ENGINE_FAILED, "interrupted");
      }
      if (failing) {
        throw new WsgiException(Rule.APP_ABSENT, "nothing");
      }
      return new WsgiApp() { // each another object, unlike a lambda
        @Override
        public void handle(Exchange exchange) {}
      };
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException("the pool does not own the engine");
    }
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "it did not come");
      Thread.sleep(1);
    }
  }

  @Test
  void beginsWithTheLeastNumber() {
    PooledSource pool = new PooledSource(engine, SPEC, 2, 3, NONE);
    assertEquals(2, engine.made.size());
    assertEquals(2, pool.size());
    pool.close();
    assertEquals(engine.made, engine.closed);
  }

  @Test
  void failsAtTheStartAndLeavesNothing() {
    engine.failing = true;
    WsgiException failure =
        assertThrows(WsgiException.class, () -> new PooledSource(engine, SPEC, 2, 3, NONE));
    assertEquals(Rule.APP_ABSENT, failure.rule());
    assertEquals(engine.made, engine.closed);
  }

  @Test
  void requestsAtOnceHaveDifferentInterpretersAndIdleOnesAreKept() throws Exception {
    PooledSource pool = new PooledSource(engine, SPEC, 1, 2, LONG);
    AppSource.Lease first = pool.borrow();
    AppSource.Lease second = elsewhere(pool::borrow);
    assertNotSame(first.app(), second.app());
    assertEquals(2, pool.busy());
    first.close();
    AppSource.Lease third = elsewhere(pool::borrow);
    assertSame(first.app(), third.app());
    assertEquals(2, engine.made.size());
    pool.close();
  }

  @Test
  void refusesWhereAllAreBusy() throws Exception {
    PooledSource pool = new PooledSource(engine, SPEC, 1, 1, NONE);
    AppSource.Lease lease = pool.borrow();
    Unavailable refusal = assertThrows(Unavailable.class, () -> elsewhere(pool::borrow));
    assertEquals(Rule.POOL_EXHAUSTED, refusal.rule());
    lease.close();
    assertSame(lease.app(), elsewhere(pool::borrow).app());
    assertEquals(1, engine.made.size());
  }

  @Test
  void growsOneAtATimeAndGivesWhatIsReadyFirst() throws Exception {
    PooledSource pool = new PooledSource(engine, SPEC, 1, 5, LONG);
    AppSource.Lease first = pool.borrow();
    engine.gate = new CountDownLatch(1);
    List<FutureTask<WsgiApp>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FutureTask<WsgiApp> task = new FutureTask<>(() -> pool.borrow().app());
      waiting.add(task);
      Thread thread = new Thread(task);
      thread.start();
      until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
    until(() -> engine.loads.get() == 2);
    first.close();
    assertSame(first.app(), waiting.get(0).get(1, TimeUnit.MINUTES));
    assertEquals(2, engine.loads.get());
    // Two are waiting: one more is made, and then another one.
    engine.gate.countDown();
    assertNotSame(waiting.get(1).get(1, TimeUnit.MINUTES), waiting.get(2).get());
    assertEquals(3, engine.loads.get());
    pool.close();
    assertEquals(3, engine.closed.size());
  }

  @Test
  void growthIsNoPartOfAnyStart() throws Exception {
    PooledSource pool = new PooledSource(engine, SPEC, 2, 3, LONG);
    assertTrue(engine.times.nanos("start") > 0);
    engine.times.begin(); // another application starts
    for (int i = 0; i < 3; i++) {
      elsewhere(pool::borrow);
    }
    assertEquals(3, engine.made.size());
    assertEquals(0, engine.times.nanos("start"));
    pool.close();
  }

  @Test
  void goesOnWithWhatItHasWhereItCannotGrow() throws Exception {
    PooledSource pool = new PooledSource(engine, SPEC, 1, 2, NONE);
    AppSource.Lease lease = pool.borrow();
    engine.failing = true;
    for (int i = 0; i < 3; i++) {
      assertThrows(Unavailable.class, () -> elsewhere(pool::borrow));
      until(() -> engine.closed.size() == 1);
    }
    assertEquals(2, engine.loads.get(), "not tried again at once");
    lease.close();
    assertSame(lease.app(), elsewhere(pool::borrow).app());
    pool.close();
    assertEquals(2, engine.closed.size());
  }

  @Test
  void dispatchedRequestHasTheInterpreterOfTheOuterOne() {
    PooledSource pool = new PooledSource(engine, SPEC, 1, 1, NONE);
    AppSource.Lease outer = pool.borrow();
    AppSource.Lease inner = pool.borrow();
    assertSame(outer.app(), inner.app());
    inner.close();
    assertThrows(Unavailable.class, () -> elsewhere(pool::borrow));
    outer.close();
    assertEquals(0, pool.busy());
  }

  @Test
  void endDoesNotWaitForAnImportAndClosesItsInterpreter() throws Exception {
    PooledSource pool = new PooledSource(engine, SPEC, 1, 2, NONE);
    pool.borrow();
    engine.gate = new CountDownLatch(1); // which never opens
    assertThrows(Unavailable.class, () -> elsewhere(pool::borrow));
    until(() -> engine.loads.get() == 2);
    pool.close();
    until(() -> engine.closed.size() == 2);
    assertThrows(Unavailable.class, () -> elsewhere(pool::borrow));
    assertEquals(2, engine.made.size());
  }

  @Test
  void interruptEndsTheWait() {
    PooledSource pool = new PooledSource(engine, SPEC, 1, 1, LONG);
    pool.borrow();
    assertEquals(Rule.WAIT_INTERRUPTED, refusalOfInterrupted(pool));
  }

  @Test
  void eachInterpreterIsClosedWhateverBecomesOfTheOthers() {
    PooledSource pool = new PooledSource(engine, SPEC, 3, 3, NONE);
    engine.failingAtTheEnd = true;
    pool.close();
    assertEquals(engine.made, engine.closed);
  }

  @Test
  void endRefusesWhoWaitsAndWhoComesLater() throws Exception {
    PooledSource pool = new PooledSource(engine, SPEC, 1, 1, LONG);
    AppSource.Lease lease = pool.borrow();
    List<Unavailable> refusals = new CopyOnWriteArrayList<>();
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread thread = new Thread(() -> refusals.add(assertThrows(Unavailable.class, pool::borrow)));
      thread.start();
      waiting.add(thread);
      until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
    pool.close();
    for (Thread thread : waiting) {
      thread.join(TimeUnit.MINUTES.toMillis(1));
    }
    assertEquals(2, refusals.size());
    assertEquals(Rule.WAIT_INTERRUPTED, refusals.get(0).rule());
    assertThrows(Unavailable.class, () -> elsewhere(pool::borrow));
    lease.close();
    assertThrows(Unavailable.class, () -> elsewhere(pool::borrow));
    assertEquals(engine.made, engine.closed);
  }
}
