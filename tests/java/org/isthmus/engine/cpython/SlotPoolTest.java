// Whom a request that is given up leaves alone: the next one in its slot.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
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
import org.junit.jupiter.api.io.TempDir;

/** The worker is a script that says HELLO and LOADED, and ignores its slot. */
class SlotPoolTest {
  private static final String SCRIPT =
      "mkfifo q o e p0 d0;"
          + " printf '\\0\\0\\0\\015\\0\\0\\050\\0(\\0\\0\\0\\0';"
          // The marshal of (0, "a").
          + " printf '\\0\\0\\0\\030\\0\\0\\051\\0(\\002\\0\\0\\0';"
          + " printf 'i\\0\\0\\0\\0u\\001\\0\\0\\0a';"
          + " cat >/dev/null; exit 0";

  @TempDir Path directory;
  private final Exchange exchange = Exchanges.get("/");
  private final Members members = new Members();
  private final WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader());
  private Supervisor supervisor;
  private SlotPool pool;
  private Member member;

  @BeforeEach
  void start() {
    Recycling never = new Recycling(null, null);
    supervisor = new Supervisor(members, this::started, 1, never, 60_000, scheduler);
    supervisor.load(Map.of());
    pool = new SlotPool(members, supervisor, 1);
    member = members.list().get(0);
  }

  private WorkerProcess started(int number, WorkerProcess.Owner owner) throws java.io.IOException {
    Path pipes = Files.createDirectory(directory.resolve(Integer.toString(number)));
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", SCRIPT).directory(pipes.toFile());
    return new WorkerProcess(number, builder, pipes, Map.of("slots", 1), new WorkerLog(), owner);
  }

  @AfterEach
  void stop() {
    members.close();
    member.worker.kill();
    supervisor.close();
    scheduler.close();
    assertFalse(Thread.interrupted());
  }

  @Test
  void slotServesTheNextRequest() {
    Slot slot = pool.take(0, exchange);
    pool.give(slot, Progress.FINISHED, null);
    assertEquals(slot, pool.take(0, exchange));
    pool.give(slot, Progress.RETURNED, null);
    assertEquals(slot, pool.take(0, exchange));
    pool.give(slot, Progress.FINISHED, null);
  }

  @Test
  void slotThatIsGivenUpAfterItsResponseIsReplaced() {
    Slot slot = pool.take(0, exchange);
    pool.giveUp(exchange, Thread.currentThread());
    pool.give(slot, Progress.FINISHED, null);
    assertIsReplaced(slot);
  }

  @Test
  void slotThatIsGivenUpAfterItsRequestWasReturnedIsReplaced() {
    Slot slot = pool.take(0, exchange);
    pool.giveUp(exchange, Thread.currentThread());
    pool.give(slot, Progress.RETURNED, null);
    assertIsReplaced(slot);
  }

  private void assertIsReplaced(Slot slot) {
    assertTrue(slot.isGivenUp());
    assertTrue(member.free.isEmpty());
    assertEquals(Set.of(slot.number), member.late);
    assertEquals(slot.number + 2, member.nextSlot);
    assertEquals(0, member.busy);
  }

  @Test
  void requestThatIsGivenUpAfterItHasLeftItsSlotLeavesThatAlone() {
    Slot slot = pool.take(0, exchange);
    pool.give(slot, Progress.FINISHED, null);
    pool.giveUp(exchange, Thread.currentThread());
    assertTrue(Thread.interrupted());
    assertFalse(slot.isGivenUp());
  }

  @Test
  void requestThatIsGivenUpBeforeItTakesASlotTakesNone() {
    pool.giveUp(exchange, Thread.currentThread());
    Unavailable refused = assertThrows(Unavailable.class, () -> pool.take(0, exchange));
    assertTrue(Thread.interrupted());
    assertEquals(Rule.WAIT_INTERRUPTED, refused.rule());
    assertEquals(1, member.free.size());
  }
}
