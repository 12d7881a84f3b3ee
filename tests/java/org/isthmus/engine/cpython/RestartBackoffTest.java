package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RestartBackoffTest {
  private final RestartBackoff backoff = new RestartBackoff(2);

  @Test
  void workersThatHaveAnsweredAreReplacedAtOnceAndThenAtALimitedRate() {
    for (int i = 0; i < 4; i++) {
      backoff.crashed();
      assertEquals(0, backoff.pauseMs());
    }
    for (int i = 0; i < 100; i++) {
      backoff.crashed();
    }
    assertTrue(backoff.pauseMs() > 5_000, "" + backoff.pauseMs());
    assertFalse(backoff.isLoop());
  }

  @Test
  void failureDoesNotShortenThePauseAfterMany() {
    for (int i = 0; i < 100; i++) {
      backoff.crashed();
    }
    backoff.failed(true);
    assertTrue(backoff.pauseMs() > 5_000, "" + backoff.pauseMs());
  }

  @Test
  void workersThatAnswerNothingAreALoop() {
    for (int i = 0; i < 11; i++) {
      assertFalse(backoff.failed(true));
      assertFalse(backoff.isLoop());
    }
    assertTrue(backoff.failed(true), "told once");
    assertFalse(backoff.failed(true), "told twice");
    assertTrue(backoff.isLoop());
    assertTrue(backoff.pauseMs() > 0);
    backoff.settled();
    assertFalse(backoff.isLoop());
  }

  @Test
  void threeWorkersThatLoadNothingAreALoop() {
    assertFalse(backoff.failed(false));
    assertFalse(backoff.failed(false));
    assertTrue(backoff.failed(false));
    assertTrue(backoff.isLoop());
  }
}
