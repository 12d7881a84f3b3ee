package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.isthmus.concurrency.Gate;
import org.isthmus.exchange.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that outlast isthmus.drain: the end waits until they have returned, but not long. */
@Timeout(60)
class EndingTest {
  private final Gate gate = new Gate();
  private final Ending ending = new Ending("/shop", new Running());

  private void overrun() {
    gate.enter();
    gate.close();
    ending.drain(gate, Duration.ZERO);
  }

  @Test
  void requestThatWasCutIsWaitedFor() {
    overrun();
    new Thread(this::leaveLater).start();
    ending.awaitOverrun();
    assertEquals(0, gate.inside());
  }

  private void leaveLater() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    gate.leave();
  }

  @Test
  void requestThatNeverReturnsIsNotWaitedForInVain() {
    overrun();
    ending.awaitOverrun();
    assertEquals(1, gate.inside());
  }
}
