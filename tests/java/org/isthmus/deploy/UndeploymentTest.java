package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.isthmus.concurrency.Gate;
import org.isthmus.exchange.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that outlast isthmus.drain: the end waits until they have returned, but not long. */
@Timeout(60)
class UndeploymentTest {
  private final Gate gate = new Gate();
  private final Undeployment undeployment = new Undeployment("/shop", new Running());

  @AfterEach
  void close() {
    undeployment.close();
  }

  private void overrun() {
    gate.enter();
    gate.close();
    undeployment.drain(gate, Duration.ZERO);
  }

  @Test
  void requestThatWasCutIsWaitedFor() {
    overrun();
    Thread waiting = Thread.currentThread();
    new Thread(() -> leaveOnce(waiting)).start();
    undeployment.awaitOverrun(Duration.ofSeconds(50));
    assertEquals(0, gate.inside());
  }

  private void leaveOnce(Thread waiting) {
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    gate.leave();
  }

  @Test
  void requestThatNeverReturnsIsNotWaitedForInVain() {
    overrun();
    undeployment.awaitOverrun(Duration.ofMillis(1));
    assertEquals(1, gate.inside());
  }
}
