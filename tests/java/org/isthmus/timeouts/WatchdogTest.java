package org.isthmus.timeouts;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
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

  @Test
  void logThatFailsLeavesRequestsTheirTimeLimits() throws InterruptedException {
    try (Logged logged = new Logged();
        Watchdog watchdog = Watchdog.start(WatchdogTest.class.getClassLoader())) {
      logged.fail();
      TimeLimits slow = new TimeLimits(SHORT, null);
      watchdog.expect(slow);
      try (WatchedRequest watch = watchdog.begin(Exchanges.get("/slow"), slow)) {
        try (WatchedRequest dispatched = watchdog.begin(Exchanges.get("/dispatched"), slow)) {
          assertSame(watch, dispatched);
        }
        await(logged, Level.WARNING);
      }
      try (WatchedRequest watch =
          watchdog.begin(Exchanges.get("/late"), new TimeLimits(null, SHORT))) {
        assertFalse(watch.isSlow);
        assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await());
      }
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
