package org.isthmus.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is counted for a phase. */
class StartTimesTest {
  private static final long MILLIS = 20;

  private final StartTimes times = new StartTimes();

  private static void pass() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void interpretersOfAPoolAreSummedUpAndAReloadBeginsAnew() {
    pass();
    times.ended(StartTimes.IMPORT);
    long one = times.nanos(StartTimes.IMPORT);
    times.ended("Jython");
    pass();
    times.ended(StartTimes.IMPORT);
    assertTrue(times.nanos(StartTimes.IMPORT) >= one + TimeUnit.MILLISECONDS.toNanos(MILLIS));
    times.begin();
    assertEquals(0, times.nanos(StartTimes.IMPORT));
  }
}
