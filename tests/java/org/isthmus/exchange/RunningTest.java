package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.isthmus.Fake;
import org.junit.jupiter.api.Test;

/** The table of exchanges that are under way. */
class RunningTest {
  private final Running running = new Running();
  private final HttpServletRequest request = Fake.of(HttpServletRequest.class, new Request());
  private final HttpServletResponse response = Fake.of(HttpServletResponse.class, new Object());
  private final Mount mount =
      new Mount(
          Fake.of(ServletContext.class, new Context()),
          null,
          -1,
          Mount.UnderscoreHeaders.DROP,
          Set.of());

  /** Wants times. */
  private static final Observer TIMING =
      new Observer() {
        @Override
        public boolean isTiming() {
          return true;
        }
      };

  /** What the tests let a request answer. */
  public static final class Request {
    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }

    public String getMethod() {
      return "GET";
    }

    public String getRequestURI() {
      return "/shop/\u001b[31m";
    }

    public Object getAttribute(String name) {
      return null;
    }
  }

  /** What the tests let a ServletContext answer. */
  public static final class Context {
    public String getContextPath() {
      return "";
    }
  }

  private Exchange exchange() {
    return new Exchange(request, response, mount, TIMING);
  }

  @Test
  void exchangesOfOneThreadHaveAPlaceEach() {
    // More than a thread's own places: the rest is kept elsewhere.
    List<Exchange> entered = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      entered.add(exchange());
      running.enter(entered.get(i));
    }
    assertEquals(Set.copyOf(entered), Set.copyOf(running.list()));
    assertSame(entered.get(0), running.list().get(0));
    // In any order.
    for (int i = 0; i < 40; i += 2) {
      running.leave(entered.get(i));
    }
    assertEquals(20, running.list().size());
    for (int i = 1; i < 40; i += 2) {
      running.leave(entered.get(i));
    }
    assertEquals(List.of(), running.list());
  }

  @Test
  void threadsDoNotLoseEachOthers() throws InterruptedException {
    int threads = 32;
    CountDownLatch entered = new CountDownLatch(threads);
    CountDownLatch seen = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(() -> enterAndLeave(entered, seen));
      thread.start();
      all.add(thread);
    }
    entered.await();
    assertEquals(threads, running.list().size());
    seen.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    assertEquals(List.of(), running.list());
  }

  private void enterAndLeave(CountDownLatch entered, CountDownLatch seen) {
    for (int i = 0; i < 1000; i++) {
      Exchange exchange = exchange();
      running.enter(exchange);
      running.leave(exchange);
    }
    Exchange last = exchange();
    running.enter(last);
    entered.countDown();
    try {
      seen.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.leave(last);
  }

  @Test
  void summaryIsSafe() {
    assertEquals("GET /shop/\\x1b[31m", exchange().summary());
  }

  @Test
  void namesFiveForTheLogTheOldestFirstAndNoneThatIsDispatched() throws InterruptedException {
    List<Exchange> entered = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Thread thread = new Thread(() -> entered.add(exchange()), "worker-" + i);
      thread.start();
      thread.join();
      running.enter(entered.get(i));
    }
    assertEquals("", running.named(each -> false));
    String line = "\n  GET /shop/\\x1b[31m, thread 'worker-";
    String five = line + "0'" + line + "1'" + line + "2'" + line + "3'" + line + "4'";
    assertEquals(five + "\n  ...", running.named(each -> true));
    Exchange last = entered.get(5);
    assertEquals(line + "5'", running.named(each -> each == last));
    Exchange outer = exchange();
    Exchange inner = exchange();
    running.enter(inner);
    running.enter(outer);
    String name = Thread.currentThread().getName();
    String named = running.named(each -> each.thread() == outer.thread());
    assertEquals("\n  GET /shop/\\x1b[31m, thread '" + name + "'", named);
  }
}
