package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.isthmus.Logged;
import org.isthmus.concurrency.AppSource;
import org.isthmus.concurrency.SharedSource;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is started in the background, in which order, and how it ends. */
@Timeout(60)
class BackgroundStartsTest {
  private static final WsgiApp APP = exchange -> {};

  private final BackgroundStarts starts =
      new BackgroundStarts(BackgroundStartsTest.class.getClassLoader(), "/test");

  @AfterEach
  void close() {
    starts.close();
  }

  private static void awaitStarted(AppSource source) throws InterruptedException {
    while (source.borrow().app() != APP) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void standInIsLentUntilTheApplicationIsThere() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    AppSource source =
        starts.add(
            "a",
            () -> {
              gate.await();
              return new SharedSource(APP);
            });
    assertNotSame(APP, source.borrow().app());
    gate.countDown();
    awaitStarted(source);
  }

  @Test
  void applicationsStartOneAfterTheOther() throws InterruptedException {
    List<String> seen = new CopyOnWriteArrayList<>();
    AppSource last = null;
    for (String name : List.of("a", "b", "c")) {
      last =
          starts.add(
              name,
              () -> {
                seen.add(name + " begins");
                seen.add(name + " ends");
                return new SharedSource(APP);
              });
    }
    awaitStarted(last);
    assertEquals(List.of("a begins", "a ends", "b begins", "b ends", "c begins", "c ends"), seen);
  }

  @Test
  void equalApplicationsAreStartedOnce() {
    CountDownLatch never = new CountDownLatch(1);
    AppSource first =
        starts.add(
            "a",
            () -> {
              never.await();
              return new SharedSource(APP);
            });
    assertSame(
        first,
        starts.add(
            "a",
            () -> {
              throw new AssertionError("started twice");
            }));
  }

  private void assertLoggedAndTheNextStarted(Rule cause, Callable<AppSource> start)
      throws InterruptedException {
    try (Logged logged = new Logged()) {
      AppSource failing = starts.add("a", start);
      awaitStarted(starts.add("b", () -> new SharedSource(APP)));
      assertTrue(failing.borrow().app() instanceof FailedApp);
      List<String> errors = logged.messages(Level.SEVERE);
      assertEquals(List.of(Rule.BACKGROUND_FAILED.message("/test", cause.code())), errors);
    }
  }

  @Test
  void failureIsLoggedAndTheNextIsStarted() throws InterruptedException {
    assertLoggedAndTheNextStarted(
        Rule.MODULE_FAILED,
        () -> {
          throw new WsgiException(Rule.MODULE_FAILED, "a", "");
        });
  }

  @Test
  void whateverIsThrownIsLoggedAndTheNextIsStarted() throws InterruptedException {
    assertLoggedAndTheNextStarted(
        Rule.ENGINE_FAILED,
        () -> {
          throw new AssertionError("not an Exception");
        });
  }

  @Test
  void logThatFailsKeepsNothing() throws InterruptedException {
    try (Logged logged = new Logged()) {
      logged.fail();
      starts.add(
          "a",
          () -> {
            throw new IllegalStateException("as the log does");
          });
      awaitStarted(starts.add("b", () -> new SharedSource(APP)));
      starts.close();
    }
  }

  @Test
  void closeInterruptsWhatIsBeingStartedAndStartsNothingMore() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    List<String> ended = new CopyOnWriteArrayList<>();
    starts.add(
        "a",
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            ended.add("a");
          }
          return new SharedSource(APP);
        });
    starts.add(
        "b",
        () -> {
          ended.add("b");
          return new SharedSource(APP);
        });
    begun.await();
    starts.close();
    assertEquals(List.of("a"), ended);
  }
}
