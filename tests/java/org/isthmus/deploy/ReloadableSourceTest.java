package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.isthmus.Logged;
import org.isthmus.concurrency.AppSource;
import org.isthmus.concurrency.SharedSource;
import org.isthmus.engine.Unavailable;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How requests change from one generation to the next, and what becomes of the old one. */
@Timeout(60)
class ReloadableSourceTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final ClassLoader LOADER = ReloadableSourceTest.class.getClassLoader();

  private final Draining draining = new Draining(LOADER, "/test", new Running());
  private final WsgiApp first = exchange -> {};
  private final WsgiApp second = exchange -> {};
  private Generation current = generation(1);
  private final ReloadableSource app =
      new ReloadableSource(null, draining, current, new SharedSource(first));

  private static Generation generation(int number) {
    return new Generation(number, new Applications(null, "/test"));
  }

  /** As Generations does. */
  private Generation reload(WsgiApp next, Duration timeout) {
    Generation old = current;
    draining.add(old, timeout);
    current = generation(old.number + 1);
    app.become(current, new SharedSource(next));
    draining.drain();
    return old;
  }

  private void awaitEnded() throws InterruptedException {
    while (!draining.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @AfterEach
  void close() {
    draining.close();
  }

  @Test
  void newRequestsGoToTheNewGenerationAndRunningOnesStay() throws InterruptedException {
    AppSource.Lease running = app.borrow();
    Generation old = reload(second, LONG);
    try (AppSource.Lease lease = app.borrow()) {
      assertSame(second, lease.app());
    }
    assertSame(first, running.app());
    assertEquals(1, old.gate.inside());
    assertFalse(draining.isEmpty());
    running.close();
    awaitEnded();
  }

  @Test
  void refusedRequestIsNotInside() {
    app.become(
        current,
        () -> {
          throw new Unavailable(1, Rule.WAIT_INTERRUPTED);
        });
    assertThrows(Unavailable.class, app::borrow);
    assertEquals(0, current.gate.inside());
  }

  @Test
  void requestsThatTakeLongAreKeptAndTheOldestGivesWay() throws InterruptedException {
    List<AppSource.Lease> running = new ArrayList<>();
    List<Generation> old = new ArrayList<>();
    try (Logged log = new Logged()) {
      for (int i = 0; i < 3; i++) {
        running.add(app.borrow());
        old.add(reload(first, Duration.ofMillis(1)));
      }
      while (logged(log, "IS0114: 1 ") == 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertEquals(3, logged(log, "IS0113: 1 "));
    }
    assertEquals(1, old.get(0).gate.inside(), "it was not waited for any more");
    running.forEach(AppSource.Lease::close);
    awaitEnded();
  }

  @Test
  void logThatFailsEndsNoRequestAndLeavesNoGeneration() throws InterruptedException {
    AppSource.Lease running = app.borrow();
    try (Logged log = new Logged()) {
      log.fail();
      Generation old = reload(second, Duration.ofMillis(1));
      while (logged(log, "IS0113: 1 ") == 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      while (ending().getState() != Thread.State.TIMED_WAITING) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertEquals(1, old.gate.inside(), "it is still waited for");
      running.close();
      awaitEnded();
    }
  }

  private static Thread ending() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("isthmus-drain"))
        .findAny()
        .orElseThrow();
  }

  @Test
  void endBeforeRequestsHaveChangedWaitsForNobody() {
    draining.add(current, LONG);
    draining.close();
    assertTrue(draining.isEmpty());
  }

  private static long logged(Logged log, String begin) {
    return log.messages(Level.WARNING).stream().filter(text -> text.startsWith(begin)).count();
  }

  @Test
  void endWaitsForNobody() {
    AppSource.Lease running = app.borrow();
    reload(second, LONG);
    draining.close();
    assertTrue(draining.isEmpty());
    running.close();
  }

  @Test
  void noRequestIsLostWhileGenerationsChange() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    boolean[] over = {false};
    for (int i = 0; i < 4; i++) {
      Thread thread = new Thread(() -> borrowUntil(over));
      thread.setUncaughtExceptionHandler((where, e) -> failure.set(e));
      thread.start();
      threads.add(thread);
    }
    for (int i = 0; i < 200; i++) {
      draining.awaitRoom();
      reload(i % 2 == 0 ? second : first, LONG);
    }
    synchronized (over) {
      over[0] = true;
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(null, failure.get());
    awaitEnded();
    assertEquals(0, current.gate.inside());
  }

  private void borrowUntil(boolean[] over) {
    while (true) {
      synchronized (over) {
        if (over[0]) {
          return;
        }
      }
      try (AppSource.Lease lease = app.borrow()) {
        assertTrue(lease.app() == first || lease.app() == second);
      }
    }
  }
}
