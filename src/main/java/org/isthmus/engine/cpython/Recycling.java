// When a worker has served or grown enough, and another one is to take its place.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What {@code isthmus.worker.max_requests} and {@code isthmus.worker.max_memory} say. */
final class Recycling {
  private static final long LOOK = TimeUnit.SECONDS.toNanos(1);
  private static final long PAGE = 4096;

  private final Integer requests;
  private final Long memory;

  /**
   * Describes limits.
   *
   * @param requests null for any number
   * @param memory in bytes; null for any amount
   */
  Recycling(Integer requests, Long memory) {
    this.requests = requests;
    this.memory = memory;
  }

  /** Returns a limit of one worker's own: up to a tenth more, so that not all end at once. */
  long requests() {
    return requests == null
        ? Long.MAX_VALUE
        : requests + ThreadLocalRandom.current().nextLong(requests / 10 + 1);
  }

  /** Returns true if a worker has had enough. */
  boolean isDue(Member member) {
    return member.served >= member.most || isLarge(member);
  }

  private boolean isLarge(Member member) {
    long now = System.nanoTime();
    if (memory == null || now - member.looked < LOOK) {
      return false;
    }
    member.looked = now;
    return resident(member.worker.pid()) > memory;
  }

  /** Returns how much memory a process has that is not swapped out; 0 where there is no /proc. */
  static long resident(long pid) {
    try {
      String text = Files.readString(Path.of("/proc", Long.toString(pid), "statm"));
      StringTokenizer fields = new StringTokenizer(text);
      fields.nextToken();
      return PAGE * Long.parseLong(fields.nextToken());
    } catch (IOException e) {
      return 0;
    }
  }
}
