package org.isthmus.concurrency;

import static org.isthmus.concurrency.Elsewhere.elsewhere;
import static org.isthmus.concurrency.Elsewhere.refusalOfInterrupted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.isthmus.engine.Unavailable;
import org.isthmus.errors.Rule;
import org.junit.jupiter.api.Test;

/** Who is admitted, who waits, who is refused. */
class LimitedSourceTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Set<Thread> admitted = ConcurrentHashMap.newKeySet();

  private AppSource limited(int max, Duration timeout) {
    return new LimitedSource(new SharedSource(null), max, timeout, admitted);
  }

  @Test
  void refusesOneMore() throws Exception {
    AppSource source = limited(1, NONE);
    AppSource.Lease lease = source.borrow();
    Unavailable refusal = assertThrows(Unavailable.class, () -> elsewhere(() -> source.borrow()));
    assertEquals(Rule.TOO_MANY_REQUESTS, refusal.rule());
    assertEquals(1, refusal.seconds());
    lease.close();
    elsewhere(
        () -> {
          source.borrow().close();
          return null;
        });
    assertTrue(admitted.isEmpty());
  }

  @Test
  void admitsInTheOrderOfArrival() throws Exception {
    AppSource source = limited(1, LONG);
    AppSource.Lease lease = source.borrow();
    List<String> order = new CopyOnWriteArrayList<>();
    Thread[] waiting = new Thread[5];
    for (int i = 0; i < waiting.length; i++) {
      String name = "request " + i;
      waiting[i] =
          new Thread(
              () -> {
                AppSource.Lease own = source.borrow();
                order.add(name);
                own.close();
              });
      waiting[i].start();
      while (waiting[i].getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
    lease.close();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertEquals(List.of("request 0", "request 1", "request 2", "request 3", "request 4"), order);
  }

  @Test
  void admitsWhatAnAdmittedRequestDispatches() {
    AppSource source = limited(1, NONE);
    AppSource other = limited(1, NONE);
    AppSource.Lease outer = source.borrow();
    AppSource.Lease inner = source.borrow();
    AppSource.Lease ofOther = other.borrow();
    AppSource.Lease innermost = source.borrow();
    assertSame(outer.app(), innermost.app());
    for (AppSource.Lease lease : List.of(innermost, ofOther, inner, outer)) {
      lease.close();
    }
    assertTrue(admitted.isEmpty());
  }

  @Test
  void innerRequestLeavesThePlaceToTheOuterOne() {
    AppSource source = limited(1, NONE);
    AppSource.Lease outer = source.borrow();
    source.borrow().close();
    assertThrows(Unavailable.class, () -> elsewhere(() -> source.borrow()));
    outer.close();
  }

  @Test
  void placeIsFreeAgainWhereTheSourceItselfRefuses() throws Exception {
    AppSource refusing =
        () -> {
          throw new Unavailable(7, Rule.WAIT_INTERRUPTED);
        };
    AppSource source = new LimitedSource(refusing, 1, NONE, admitted);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          Rule.WAIT_INTERRUPTED,
          assertThrows(Unavailable.class, () -> elsewhere(() -> source.borrow())).rule());
    }
    assertTrue(admitted.isEmpty());
  }

  @Test
  void interruptEndsTheWait() {
    AppSource source = limited(1, LONG);
    AppSource.Lease lease = source.borrow();
    assertEquals(Rule.WAIT_INTERRUPTED, refusalOfInterrupted(source));
    lease.close();
    assertFalse(Thread.interrupted());
  }
}
