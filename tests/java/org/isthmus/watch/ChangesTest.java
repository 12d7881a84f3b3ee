package org.isthmus.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How long files are left alone between two checks. */
class ChangesTest {
  /** Returns the pause after a check in which the files took so long to list, in milliseconds. */
  private static long pauseAfter(long millis) {
    Supplier<Set<Path>> slow =
        () -> {
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
          return Set.of();
        };
    Changes changes = new Changes(new FileWatch(System.currentTimeMillis()), slow, Set::of);
    changes.isDue();
    return changes.pause();
  }

  @Test
  void slowCheckPutsOffTheNextOneByTenSecondsAtMost() {
    assertEquals(10_000, pauseAfter(600));
  }
}
