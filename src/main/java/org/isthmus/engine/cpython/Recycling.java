// Decides when a worker is replaced: after a number of requests, or when it uses too much memory.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The settings {@code isthmus.worker.max_requests} and {@code isthmus.worker.max_memory}. */
final class Recycling {
  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final long MEGA = 1024 * 1024;
  private static final long MEMORY_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Integer requests;
  private final Long memory;

  /**
   * Creates limits.
   *
   * @param requests null for no limit
   * @param memory in bytes; null for no limit
   */
  Recycling(Integer requests, Long memory) {
    this.requests = requests;
    this.memory = memory;
  }

  /** Returns the limit for one worker: up to a tenth more, so that they do not all end at once. */
  long requests() {
    return requests == null
        ? Long.MAX_VALUE
        : requests + ThreadLocalRandom.current().nextLong(requests / 10 + 1);
  }

  /** Returns why a worker has to be replaced, as the counter of exits has it, or null. */
  String due(Member member) {
    if (member.served >= member.maxRequests) {
      return "max_requests";
    }
    return isLarge(member) ? "max_memory" : null;
  }

  private boolean isLarge(Member member) {
    long now = System.nanoTime();
    if (memory == null || now - member.memoryChecked < MEMORY_CHECK_NANOS) {
      return false;
    }
    member.memoryChecked = now;
    long pid = member.worker.pid();
    long resident = resident(pid);
    if (resident <= memory) {
      return false;
    }
    String sizes = resident / MEGA + " MB, and isthmus.worker.max_memory is " + memory / MEGA;
    LOG.log(
        System.Logger.Level.INFO,
        "Worker process " + pid + " is replaced: it has " + sizes + " MB.");
    return true;
  }

  /**
   * Returns the resident memory of a process in bytes; -1 without /proc. Not read from statm, which
   * counts pages: Java does not know their size.
   */
  static long resident(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // The process has ended, or this is not Linux.
    }
    return -1;
  }
}
