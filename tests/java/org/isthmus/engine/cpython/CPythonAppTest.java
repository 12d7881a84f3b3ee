// Each request leaves its worker as it found it, and is counted once, however it ends.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.function.BooleanSupplier;
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

/** The worker is a script that has loaded an application, and ignores its slots. */
@Timeout(60)
class CPythonAppTest {
  private static final int MAX_REQUESTS = 4;

  /** A request whose worker cannot be told of it, for want of memory. */
  public static final class Large extends Exchanges.Get {
    Large() {
      super("/large");
    }

    public String getProtocol() {
      return "HTTP/1.1";
    }

    public String getHeader(String name) {
      return null;
    }

    public Enumeration<String> getHeaderNames() {
      return Collections.emptyEnumeration();
    }

    public long getContentLengthLong() {
      return new long[Integer.MAX_VALUE].length; // more than any JVM can have
    }
  }

  /** A request whose line for the log does not fit into memory. */
  public static final class Unspeakable extends Exchanges.Get {
    Unspeakable() {
      super("/unspeakable");
    }

    @Override
    public String getMethod() {
      throw new OutOfMemoryError("of the test");
    }
  }

  /** A response that nobody has begun. */
  public static final class Answer {
    private int status;

    public boolean isCommitted() {
      return false;
    }

    public void sendError(int error) {
      status = error;
    }
  }

  @TempDir Path directory;
  private final Exchange exchange = Exchanges.get("/");
  private ServingGroup group;
  private SlotPool pool;
  private Member member;

  @BeforeEach
  void start() {
    group = new ServingGroup(directory, 2, 2, MAX_REQUESTS);
    pool = group.pool;
    member = group.member;
  }

  @AfterEach
  void stop() {
    group.close();
  }

  private void assertCounted(long served) {
    assertEquals(served, member.served);
    assertEquals(0, member.busy);
    assertEquals(served >= MAX_REQUESTS, member.leaving);
  }

  @Test
  void errorIsAnsweredLikeAnyOtherFailure() throws Exception {
    CPythonApp app = new CPythonApp(pool, 0, false, "app", new RequestEncoder());
    Answer answer = new Answer();
    try (Logged logged = new Logged()) {
      app.handle(Exchanges.of(new Large(), answer));
      String message = logged.messages(Level.SEVERE).get(0);
      String code = Rule.APPLICATION_RAISED.code();
      Messages.assertSays(message, code, "GET /large", "OutOfMemoryError");
    }
    assertEquals(500, answer.status);
    assertEquals(2, member.free.size());
    assertCounted(0);
  }

  @Test
  void errorAboutCutRequestLeavesItsSlotToOthers() {
    CPythonApp app = new CPythonApp(pool, 0, false, "app", new RequestEncoder());
    Exchange cut = Exchanges.of(new Unspeakable(), new Answer());
    Slot slot = pool.take(0, false, cut);
    assertThrows(OutOfMemoryError.class, () -> app.giveBack(slot, Progress.BEGUN, cut));
    assertCounted(1);
  }

  @Test
  void requestIsCountedOnceWhicheverWayItEnds() {
    pool.give(pool.take(0, false, exchange), Progress.FINISHED, null);
    assertCounted(1);
    pool.give(pool.take(0, false, exchange), Progress.RETURNED, null);
    pool.give(pool.take(0, false, exchange), Progress.UNSENT, null);
    assertCounted(1);
    pool.give(pool.take(0, false, exchange), Progress.BEGUN, ServingGroup::ignore); // cut
    assertCounted(2);
    group.supervisor.dropped(member.worker, 0, null);
    assertCounted(2);
    Slot slot = pool.take(0, false, exchange);
    pool.giveUp(exchange, Thread.currentThread());
    pool.give(slot, Progress.FINISHED, null);
    assertCounted(3);
    group.supervisor.dropped(member.worker, slot.number, null);
    assertCounted(3);
  }

  /** It is answered by another worker, or was that worker's end. */
  @Test
  void requestOfWorkerThatHasGoneSilentIsNotCountedThere() {
    answer(MAX_REQUESTS - 1);
    Slot slot = pool.take(0, false, exchange);
    group.supervisor.silent(member.worker);
    pool.give(slot, Progress.BEGUN, ServingGroup::ignore);
    assertCounted(MAX_REQUESTS - 1);
  }

  @Test
  void workerIsReplacedOnceForItsLastRequests() {
    answer(MAX_REQUESTS - 1);
    Slot one = pool.take(0, false, exchange);
    Slot two = pool.take(0, false, Exchanges.get("/two"));
    pool.give(one, Progress.FINISHED, null);
    pool.give(two, Progress.FINISHED, null);
    assertCounted(MAX_REQUESTS + 1);
    awaited(() -> member.isAsked);
    member.worker.termination.kill(); // the script does not end by itself
    awaited(() -> member.ended);
    assertEquals(Map.of("max_requests", 1L), group.supervisor.status().exits());
    assertEquals(1, group.supervisor.status().restarts());
    assertEquals(1, group.members.list().size());
    assertEquals(0, group.members.list().get(0).served);
  }

  private void answer(int requests) {
    for (int i = 0; i < requests; i++) {
      pool.give(pool.take(0, false, exchange), Progress.FINISHED, null);
    }
  }

  private void awaited(BooleanSupplier condition) {
    boolean isTrue = false;
    while (!isTrue) {
      synchronized (group.members) {
        isTrue = condition.getAsBoolean();
      }
    }
  }
}
