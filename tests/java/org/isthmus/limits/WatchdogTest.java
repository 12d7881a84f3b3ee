package org.isthmus.limits;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.isthmus.Logged;
import org.isthmus.exchange.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the watchdog does where others fail. */
@Timeout(60)
class WatchdogTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final WatchedRequests requests = new WatchedRequests();

  @Test
  void logThatFailsLeavesRequestsTheirTimeLimits() throws InterruptedException {
    try (Logged logged = new Logged();
        Watchdog watchdog = Watchdog.start(requests, WatchdogTest.class.getClassLoader())) {
      logged.fail();
      WatchedRequest slow = new WatchedRequest(Exchanges.get("/slow"), new TimeLimits(SHORT, null));
      watchdog.watch(slow.limits);
      requests.add(slow);
      await(logged, Level.WARNING);
      requests.remove(slow);
      WatchedRequest late = new WatchedRequest(Exchanges.get("/late"), new TimeLimits(null, SHORT));
      requests.add(late);
      assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await());
      requests.remove(late);
      late.end();
      // The interrupt comes before the record.
      await(logged, Level.SEVERE);
      assertTrue(logged.messages(Level.SEVERE).get(0).contains("GET /late"));
    }
  }

  private static void await(Logged logged, Level level) throws InterruptedException {
    while (logged.messages(level).isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
