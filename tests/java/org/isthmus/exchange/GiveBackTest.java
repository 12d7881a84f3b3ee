package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.Fake;
import org.junit.jupiter.api.Test;

/** The end of a request that another thread is still using. */
class GiveBackTest {
  private final AtomicInteger flushes = new AtomicInteger();

  /** What the tests let a response answer. */
  public final class Response {
    public void flushBuffer() {
      flushes.incrementAndGet();
    }

    public boolean isCommitted() {
      return false;
    }
  }

  private Exchange exchange() {
    return new Exchange(
        Fake.of(HttpServletRequest.class, new Exchanges.Get("/")),
        Fake.of(HttpServletResponse.class, new Response()),
        new Mount(
            Fake.of(ServletContext.class, new Exchanges.Root()),
            null,
            -1,
            Mount.UnderscoreHeaders.DROP,
            Set.of()),
        Observer.NONE);
  }

  /** Returns once a visitor has seen the end of the exchange. */
  private static void giveBack(Exchange exchange) throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    Thread visitor =
        new Thread(
            () -> {
              exchange.acquire();
              inside.countDown();
              while (!exchange.isEnded()) {
                Thread.onSpinWait();
              }
              exchange.release();
            });
    visitor.start();
    inside.await();
    exchange.giveBack(false);
    visitor.join();
  }

  @Test
  void sendsTheResponseBeforeItWaits() throws InterruptedException {
    giveBack(exchange());
    assertEquals(1, flushes.get());
  }

  @Test
  void sendsNothingThatWouldPreventAForward() throws InterruptedException {
    Exchange exchange = exchange();
    exchange.body().forwardTo("/page.jsp");
    giveBack(exchange);
    assertEquals(0, flushes.get());
  }
}
