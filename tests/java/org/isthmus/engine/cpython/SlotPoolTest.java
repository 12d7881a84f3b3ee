// Whom a request that is given up leaves alone: the next one in its slot.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.isthmus.engine.Unavailable;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Exchanges;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker is a script that says HELLO and LOADED, and ignores its slot. */
@Timeout(60)
class SlotPoolTest {
  @TempDir Path directory;
  private final Exchange exchange = Exchanges.get("/");
  private ServingGroup group;
  private SlotPool pool;
  private Member member;

  @BeforeEach
  void start() {
    group = new ServingGroup(directory, 1, 1, null);
    pool = group.pool;
    member = group.member;
  }

  @AfterEach
  void stop() {
    group.close();
    assertFalse(Thread.interrupted());
  }

  @Test
  void slotServesTheNextRequest() {
    Slot slot = pool.take(0, false, exchange);
    pool.give(slot, Progress.FINISHED, null);
    assertEquals(slot, pool.take(0, false, exchange));
    pool.give(slot, Progress.RETURNED, null);
    assertEquals(slot, pool.take(0, false, exchange));
    pool.give(slot, Progress.FINISHED, null);
  }

  @Test
  void slotThatIsGivenUpAfterItsResponseIsReplaced() {
    Slot slot = pool.take(0, false, exchange);
    pool.giveUp(exchange, Thread.currentThread());
    pool.give(slot, Progress.FINISHED, null);
    assertIsReplaced(slot);
  }

  @Test
  void slotThatIsGivenUpAfterItsRequestWasReturnedIsReplaced() {
    Slot slot = pool.take(0, false, exchange);
    pool.giveUp(exchange, Thread.currentThread());
    pool.give(slot, Progress.RETURNED, null);
    assertIsReplaced(slot);
  }

  private void assertIsReplaced(Slot slot) {
    assertTrue(slot.isGivenUp());
    assertTrue(member.free.isEmpty());
    assertEquals(Set.of(), member.late);
    assertEquals(slot.number + 2, member.nextSlot);
    assertEquals(0, member.busy);
  }

  @Test
  void slotThatIsGivenUpBeforeTheWorkerHasUsedItIsReplaced() {
    Slot slot = pool.take(0, false, exchange);
    pool.giveUp(exchange, Thread.currentThread());
    pool.give(slot, Progress.UNSENT, null);
    assertIsReplaced(slot);
  }

  @Test
  void numbersOfSlotsInUseAreNotUsedAgain() {
    Slot slot = pool.take(0, false, exchange);
    synchronized (group.members) {
      member.nextSlot = 0x10000; // that many have been replaced
      member.late.add(1);
      member.laterFailures.put(2, failure -> {});
    }
    pool.give(slot, Progress.BEGUN, failure -> {});
    assertEquals(Set.of(0, 2), member.laterFailures.keySet());
    assertEquals(0x10004, member.nextSlot);
  }

  private static void fillQueue(Slot slot) {
    try {
      while (true) {
        slot.request().text("x".repeat(4000));
        slot.sendRequest(0);
      }
    } catch (SlotEnded e) {
      // As it should.
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** It fills the pipe of all requests, which the worker does not read. */
  @Test
  void requestThatIsStillBeingSentEndsWithItsWorker() throws Exception {
    Slot slot = pool.take(0, false, exchange);
    Thread writer = new Thread(() -> fillQueue(slot));
    writer.setDaemon(true);
    writer.start();
    slot.worker.termination.kill();
    writer.join(30_000);
    assertFalse(writer.isAlive());
    pool.give(slot, Progress.BEGUN, failure -> {});
  }

  private static void write(Slot slot) {
    try {
      slot.send(Frames.RESULT, 0, new byte[1 << 20]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void workerThatKeepsAThreadFromWritingPastItsTimeoutIsEnded() throws Exception {
    assertIsEndedWhileItDoesNotRead(() -> {});
  }

  @Test
  void workerThatDoesSoWhenItHasBeenReplacedIsEndedToo() throws Exception {
    assertIsEndedWhileItDoesNotRead(
        () -> {
          member.leaving = true;
          member.retiring = true;
        });
  }

  /** It fills the pipe, which the worker does not read. */
  private void assertIsEndedWhileItDoesNotRead(Runnable meanwhile) throws Exception {
    Slot slot = pool.take(0, false, exchange);
    synchronized (group.members) {
      meanwhile.run();
    }
    Thread writer = new Thread(() -> write(slot));
    writer.setDaemon(true);
    writer.start();
    while (slot.writing() == 0) {
      Thread.onSpinWait();
    }
    pool.giveUp(exchange, writer);
    writer.join();
    pool.give(slot, Progress.BEGUN, failure -> {});
    while (group.supervisor.status().exits().isEmpty()) {
      Thread.onSpinWait(); // the end is counted when all threads have been woken
    }
    assertEquals(Map.of("timeout", 1L), group.supervisor.status().exits());
  }

  @Test
  void requestThatIsGivenUpAfterItHasLeftItsSlotLeavesThatAlone() {
    Slot slot = pool.take(0, false, exchange);
    pool.give(slot, Progress.FINISHED, null);
    pool.giveUp(exchange, Thread.currentThread());
    assertTrue(Thread.interrupted());
    assertFalse(slot.isGivenUp());
  }

  @Test
  void requestThatIsGivenUpBeforeItTakesASlotTakesNone() {
    pool.giveUp(exchange, Thread.currentThread());
    Unavailable refused = assertThrows(Unavailable.class, () -> pool.take(0, false, exchange));
    assertTrue(Thread.interrupted());
    assertEquals(Rule.WAIT_INTERRUPTED, refused.rule());
    assertEquals(1, member.free.size());
  }
}
