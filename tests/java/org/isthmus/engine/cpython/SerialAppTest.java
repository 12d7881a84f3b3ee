// An application that is not thread-safe, in a worker that serves two requests at once.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.isthmus.Logged;
import org.isthmus.Messages;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Exchanges;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Its requests wait for each other without a slot. */
@Timeout(60)
class SerialAppTest {
  private static final int SERIAL = 0;
  private static final int OTHER = 1;

  @TempDir Path directory;
  private final Exchange exchange = Exchanges.get("/");
  private ServingGroup group;
  private SlotPool pool;
  private Member member;

  @BeforeEach
  void start() {
    group = new ServingGroup(directory, 2, 2, null);
    pool = group.pool;
    member = group.member;
    synchronized (group.members) {
      member.loaded.set(OTHER);
    }
  }

  @AfterEach
  void stop() {
    group.close();
  }

  /** Returns the slot that another request gets, when it gets one. */
  private CompletableFuture<Slot> waiting() {
    CompletableFuture<Slot> taken = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> taken.complete(pool.take(SERIAL, true, Exchanges.get("/waiting"))));
    thread.setDaemon(true);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertFalse(taken.isDone(), "it has a slot");
      Thread.onSpinWait();
    }
    return taken;
  }

  @Test
  void secondRequestWaitsForTheFirstAndOtherApplicationsDoNot() {
    Slot first = pool.take(SERIAL, true, exchange);
    CompletableFuture<Slot> second = waiting();
    Slot other = pool.take(OTHER, false, Exchanges.get("/other"));
    assertNotEquals(first, other);
    pool.give(other, Progress.FINISHED, null);
    assertFalse(second.isDone());
    pool.give(first, Progress.FINISHED, null);
    assertEquals(first, second.join());
    pool.give(first, Progress.FINISHED, null);
    assertEquals(Map.of(), member.alone);
  }

  @Test
  void requestThatIsReturnedKeepsNobodyOut() {
    Slot first = pool.take(SERIAL, true, exchange);
    pool.give(first, Progress.RETURNED, null);
    assertEquals(first, pool.take(SERIAL, true, exchange));
    pool.give(first, Progress.FINISHED, null);
  }

  @Test
  void requestThatGoesOnAfterItsTimeoutKeepsOthersOut() {
    Slot first = pool.take(SERIAL, true, exchange);
    pool.giveUp(exchange, Thread.currentThread());
    pool.give(first, Progress.BEGUN, ServingGroup::ignore);
    assertGoesOn(first);
  }

  @Test
  void requestThatGoesOnAfterItsResponseWasCutKeepsOthersOut() {
    Slot first = pool.take(SERIAL, true, exchange);
    pool.give(first, Progress.BEGUN, ServingGroup::ignore);
    assertGoesOn(first);
  }

  private void assertGoesOn(Slot first) {
    CompletableFuture<Slot> second = waiting();
    assertFalse(member.free.isEmpty());
    group.supervisor.dropped(member.worker, first.number, null);
    pool.give(second.join(), Progress.FINISHED, null);
    assertTrue(member.alone.isEmpty());
  }

  @Test
  void warningSaysThatItWaitsForOtherApplications() {
    Slot one = pool.take(OTHER, false, exchange);
    Slot two = pool.take(OTHER, false, Exchanges.get("/two"));
    try (Logged logged = new Logged()) {
      CompletableFuture<Slot> serial = waiting();
      while (logged.messages(Level.WARNING).isEmpty()) {
        assertFalse(serial.isDone());
        assertFalse(Thread.currentThread().isInterrupted(), "no warning in time");
      }
      Messages.assertSays(logged.messages(Level.WARNING).get(0), Rule.WORKERS_BUSY.code());
      pool.give(one, Progress.FINISHED, null);
      assertEquals(one, serial.join());
      pool.give(one, Progress.FINISHED, null);
      pool.give(two, Progress.FINISHED, null);
    }
  }

  @Test
  void workerOfOneThreadHasTheNextRequestAtHand() {
    SlotPool one = new SlotPool(group.members, group.supervisor, 1);
    Slot first = one.take(SERIAL, true, exchange);
    Slot second = one.take(SERIAL, true, Exchanges.get("/second"));
    assertNotEquals(first, second);
    one.give(first, Progress.FINISHED, null);
    one.give(second, Progress.FINISHED, null);
  }
}
