package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom an interrupt reaches, and whom it does not. */
class DeadlineTest {
  private final Deadline deadline = new Deadline("5");
  private final Exchange outer = Exchanges.get("/outer");
  private final Exchange inner = Exchanges.get("/inner");

  @AfterEach
  void noInterruptIsLeft() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void interruptsTheApplication() {
    assertTrue(deadline.pass());
    assertTrue(Thread.interrupted());
  }

  @Test
  void interruptsAnIncludedApplicationAlone() {
    includes();
    assertTrue(deadline.pass());
    assertTrue(Thread.interrupted());
    deadline.remove(inner);
    assertThrows(WsgiException.class, deadline::leaveApp);
    deadline.remove(outer);
  }

  @Test
  void containerIsNotInterruptedAfterAnInclude() {
    includes();
    deadline.remove(inner);
    assertTrue(deadline.pass());
    assertFalse(Thread.currentThread().isInterrupted());
    deadline.enterApp();
    assertTrue(Thread.interrupted());
  }

  @Test
  void doesNotInterruptTheContainer() {
    deadline.leaveApp();
    assertTrue(deadline.pass());
    assertFalse(Thread.currentThread().isInterrupted());
    deadline.enterApp();
    assertTrue(Thread.interrupted());
  }

  @Test
  void interruptsOnce() {
    deadline.pass();
    Thread.interrupted();
    assertThrows(WsgiException.class, deadline::leaveApp);
    deadline.enterApp();
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void takesTheInterruptAwayBeforeTheContainerGoesOn() {
    deadline.pass();
    WsgiException late = assertThrows(WsgiException.class, deadline::leaveApp);
    assertEquals(Rule.TIMED_OUT, late.rule());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void cutInterruptsTheApplicationAndSaysWhy() {
    Exchange stream = Exchanges.get("/stream");
    deadline.add(stream);
    deadline.cut(stream);
    assertTrue(Thread.currentThread().isInterrupted());
    WsgiException cut = assertThrows(WsgiException.class, deadline::leaveApp);
    assertEquals(Rule.RESPONSE_CUT, cut.rule());
  }

  @Test
  void cutAfterATimeoutIsOneMoreInterruptOfARequestThatHasTimedOut() {
    Exchange stream = Exchanges.get("/stream");
    deadline.add(stream);
    deadline.pass();
    Thread.interrupted();
    deadline.cut(stream);
    assertEquals(Rule.TIMED_OUT, deadline.giveUp());
  }

  /** Its interpreter, isthmus.interpreter=own, is closed before that of the outer one. */
  @Test
  void cutOfAnIncludedStreamLeavesTheOuterApplicationAlone() {
    includes();
    deadline.cut(inner);
    assertTrue(Thread.currentThread().isInterrupted());
    assertEquals(Rule.RESPONSE_CUT, deadline.giveUp());
    deadline.remove(inner);
    deadline.enterApp();
    assertFalse(Thread.currentThread().isInterrupted());
    assertDoesNotThrow(deadline::leaveApp);
    assertNull(deadline.giveUp());
  }

  @Test
  void cutThatComesAtTheEndOfAnIncludeLeavesNoInterrupt() {
    includes();
    deadline.cut(inner);
    deadline.remove(inner);
    assertFalse(Thread.currentThread().isInterrupted());
    deadline.cut(inner);
    assertNull(deadline.giveUp());
  }

  @Test
  void cutOfTheOuterStreamEndsWhatItIncludes() {
    includes();
    deadline.cut(inner);
    deadline.cut(outer);
    assertTrue(Thread.interrupted());
    assertThrows(WsgiException.class, deadline::leaveApp);
    deadline.remove(inner);
    WsgiException cut = assertThrows(WsgiException.class, deadline::leaveApp);
    assertEquals(Rule.RESPONSE_CUT, cut.rule());
  }

  @Test
  void timeoutAfterACutIsThatOfTheOuterApplicationToo() {
    includes();
    deadline.cut(inner);
    assertTrue(deadline.pass());
    deadline.remove(inner);
    assertEquals(Rule.TIMED_OUT, deadline.giveUp());
  }

  @Test
  void timeoutInterruptsTheApplicationThatGoesOnAfterACut() {
    Exchange stream = Exchanges.get("/stream");
    deadline.add(stream);
    deadline.cut(stream);
    assertThrows(WsgiException.class, deadline::leaveApp);
    assertTrue(deadline.pass());
    assertFalse(Thread.currentThread().isInterrupted());
    deadline.enterApp();
    assertTrue(Thread.interrupted());
  }

  private void includes() {
    deadline.add(outer);
    deadline.leaveApp();
    deadline.add(inner);
  }

  @Test
  void takesTheInterruptAwayBeforeAnAnswer() {
    assertNull(deadline.giveUp());
    deadline.enterApp();
    deadline.pass();
    assertEquals(Rule.TIMED_OUT, deadline.giveUp());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void takesTheInterruptAwayAtTheEnd() {
    deadline.pass();
    deadline.end();
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void leavesAloneWhatComesAfterTheEnd() {
    deadline.end();
    assertFalse(deadline.pass());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void keepsAnInterruptOfSomebodyElse() {
    Thread.currentThread().interrupt();
    assertDoesNotThrow(deadline::leaveApp);
    deadline.end();
    assertTrue(Thread.interrupted());
  }

  /** Whoever of the two comes first, the next request on the thread begins without an interrupt. */
  @Test
  void endAndDeadlineAtTheSameMomentLeaveNoInterrupt() throws Exception {
    int rounds = 20_000;
    CyclicBarrier start = new CyclicBarrier(2);
    Deadline[] current = new Deadline[1];
    AtomicInteger passed = new AtomicInteger();
    Thread watchdog =
        new Thread(
            () -> {
              for (int i = 0; i < rounds; i++) {
                await(start);
                if (current[0].pass()) {
                  passed.incrementAndGet();
                }
                await(start);
              }
            });
    watchdog.start();
    int left = 0;
    for (int i = 0; i < rounds; i++) {
      current[0] = new Deadline("0");
      await(start);
      current[0].end();
      left += Thread.interrupted() ? 1 : 0;
      await(start);
      left += Thread.interrupted() ? 1 : 0;
    }
    watchdog.join();
    assertEquals(0, left);
    assertTrue(passed.get() < rounds, "the end was never first");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
      throw new AssertionError("an interrupt that came late", e);
    }
  }
}
