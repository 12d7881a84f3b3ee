// How many workers an interpreter has where no setting says so.
package org.isthmus.engine.cpython;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * As many as there are processors, or as memory allows: both as a container (cgroup) limits them.
 */
final class DefaultWorkers {
  /** What a worker with a framework and some libraries takes, roughly. */
  private static final long EACH = 100L << 20;

  /** What the JVM takes beside its heap, roughly. */
  private static final long JVM = 100L << 20;

  private DefaultWorkers() {}

  /** Returns the number for this machine or container. */
  @SuppressWarnings("deprecation") // its successor is of Java 14
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
   * @param heap how large the Java heap may become, in bytes
   */
  static int count(int processors, long memory, long heap) {
    long room = (memory - heap - JVM) / EACH;
    return (int) Math.max(1, Math.min(processors, room));
  }
}
