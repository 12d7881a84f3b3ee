// All threads of the JVM: those that hold a class loader let go of it.
package org.isthmus.engine.jython;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What becomes of threads when an engine is closed. */
final class JvmThreads {
  private static final long SECONDS = 2;

  /** Jython's own, which end by themselves once the interpreter has been cleaned up. */
  private static final List<String> OF_JYTHON = List.of("weakref reaper", "Jython-Netty-Client");

  private JvmThreads() {}

  /** Waits for the threads of Jython's own, and takes the class loader from all others. */
  static void release(ClassLoader loader) {
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : alive()) {
      if (thread.getContextClassLoader() == loader) {
        if (OF_JYTHON.stream().anyMatch(thread.getName()::startsWith)) {
          threads.add(thread);
        } else if (thread != Thread.currentThread()) {
          // The JDK's "process reaper" lives on for a minute with the loader of whoever was first.
          thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
      }
    }
    join(threads, SECONDS);
  }

  /** Returns all threads but virtual ones. */
  static Iterable<Thread> alive() {
    return Thread.getAllStackTraces().keySet();
  }

  /** Waits for threads, so many seconds for all; returns those that are still alive. */
  static List<Thread> join(List<Thread> threads, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> alive = new ArrayList<>(threads);
    boolean interrupted = false;
    while (!alive.isEmpty() && System.nanoTime() - end < 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(alive.get(0), end - System.nanoTime());
        alive.removeIf(thread -> !thread.isAlive());
      } catch (InterruptedException e) {
        interrupted = true; // a container that is in a hurry gets its threads back all the same
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return alive;
  }
}
