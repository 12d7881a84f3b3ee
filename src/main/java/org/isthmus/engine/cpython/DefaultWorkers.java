// What workers get by the size of the machine: their number, and who ends if memory runs out.
package org.isthmus.engine.cpython;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Within the limits of a container (cgroup). */
final class DefaultWorkers {
  /** The memory of a worker with a framework and some libraries, roughly. */
  private static final long EACH = 100L << 20;

  /** The JVM's memory besides its heap, roughly. */
  private static final long JVM = 100L << 20;

  private DefaultWorkers() {}

  /**
   * Returns the number of workers of an interpreter for this machine or container, if no setting
   * gives it: as many as processors and memory allow.
   */
  static int count() {
    Runtime runtime = Runtime.getRuntime();
    return count(runtime.availableProcessors(), memory(), runtime.maxMemory());
  }

  @SuppressWarnings("deprecation") // its replacement needs Java 14
  private static long memory() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getTotalPhysicalMemorySize();
  }

  /** Returns what is added to a worker's oom_score_adj on this machine or in this container. */
  static int oomScore() {
    return oomScore(memory(), Runtime.getRuntime().maxMemory());
  }

  /**
   * Returns how much is added to a worker's oom_score_adj, so that the kernel ends the worker
   * rather than the JVM: the score is the share of the memory that a process has, in thousandths,
   * and what is added. This is as much as the JVM may have; with more, a worker would also precede
   * another process that takes all memory.
   *
   * @param memory of the machine or container, in bytes
   * @param heap the max size of the Java heap, in bytes
   */
  static int oomScore(long memory, long heap) {
    return (int) Math.min(1000, 1000 * (heap / 1024 + JVM / 1024) / (memory / 1024) + 1);
  }

  /**
   * Returns the number for given limits, at least 1.
   *
   * @param processors that the JVM may use
   * @param memory of the machine or container, in bytes
   * @param heap the max size of the Java heap, in bytes
   */
  static int count(int processors, long memory, long heap) {
    long room = (memory - heap - JVM) / EACH;
    return (int) Math.max(1, Math.min(processors, room));
  }
}
