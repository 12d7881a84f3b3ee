// When a worker has served or grown enough, and another one is to take its place.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What {@code isthmus.worker.max_requests} and {@code isthmus.worker.max_memory} say. */
final class Recycling {
  private static final long LOOK = TimeUnit.SECONDS.toNanos(1);

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

  /** Returns why a worker has had enough, or null if it has not. */
  String due(Member member) {
    if (member.served >= member.most) {
      return "max_requests";
    }
    return isLarge(member) ? "max_memory" : null;
  }

  private boolean isLarge(Member member) {
    long now = System.nanoTime();
    if (memory == null || now - member.looked < LOOK) {
      return false;
    }
    member.looked = now;
    return resident(member.worker.pid()) > memory;
  }

  /**
   * Returns how many bytes of memory a process has that are not swapped out; -1 where there is no
   * /proc. Not from statm, whose pages have a size that Java does not know.
   */
  static long resident(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // It has ended, or this is no Linux.
    }
    return -1;
  }
}
