// The number of workers of an interpreter if no setting gives it.
package org.isthmus.engine.cpython;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** As many as processors and memory allow, within the limits of a container (cgroup). */
final class DefaultWorkers {
  /** The memory of a worker with a framework and some libraries, roughly. */
  private static final long EACH = 100L << 20;

  /** The JVM's memory besides its heap, roughly. */
  private static final long JVM = 100L << 20;

  private DefaultWorkers() {}

  /** Returns the number for this machine or container. */
  @SuppressWarnings("deprecation") // its replacement needs Java 14
  static int count() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Runtime runtime = Runtime.getRuntime();
    return count(
        runtime.availableProcessors(), system.getTotalPhysicalMemorySize(), runtime.maxMemory());
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
