// Rules of the gate: who is in, who is not let in, and when all are out.
package org.isthmus.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Gate gate = new Gate();

  @Test
  void letsInUntilItIsClosed() {
    assertTrue(gate.enter());
    assertEquals(1, gate.inside());
    gate.close();
    assertFalse(gate.enter());
    assertEquals(1, gate.inside());
    gate.leave();
    assertEquals(0, gate.inside());
  }

  @Test
  void waitsForThoseInside() throws Exception {
    assertTrue(gate.enter());
    gate.close();
    assertFalse(gate.awaitEmpty(Duration.ofMillis(20)));
    Thread request = new Thread(gate::leave);
    request.start();
    assertTrue(gate.awaitEmpty(LONG));
    request.join();
  }

  @Test
  void keepsTheInterruptionOfWhoWaits() {
    assertTrue(gate.enter());
    gate.close();
    Thread.currentThread().interrupt();
    assertFalse(gate.awaitEmpty(LONG));
    assertTrue(Thread.interrupted());
  }

  /** Nobody may be inside once it has said that nobody is. */
  @Test
  void isEmptyForGood() throws Exception {
    for (int round = 0; round < 200; round++) {
      Gate contended = new Gate();
      AtomicLong inside = new AtomicLong();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread thread =
            new Thread(
                () -> {
                  while (contended.enter()) {
                    inside.incrementAndGet();
                    inside.decrementAndGet();
                    contended.leave();
                  }
                });
        threads.add(thread);
        thread.start();
      }
      contended.close();
      assertTrue(contended.awaitEmpty(LONG));
      assertEquals(0, inside.get());
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
