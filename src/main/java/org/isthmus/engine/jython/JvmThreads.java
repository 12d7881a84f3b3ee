// All threads of the JVM: makes those that hold a class loader release it.
package org.isthmus.engine.jython;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Handles the threads that remain when an engine is closed. */
final class JvmThreads {
  private static final long SECONDS = 2;

  /** Jython's own threads, which end by themselves once the interpreter has been cleaned up. */
  private static final List<String> OF_JYTHON = List.of("weakref reaper", "Jython-Netty-Client");

  private JvmThreads() {}

  /** Waits for Jython's own threads, and removes the class loader from all others. */
  static void release(ClassLoader loader) {
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : alive()) {
      if (thread.getContextClassLoader() == loader) {
        if (OF_JYTHON.stream().anyMatch(thread.getName()::startsWith)) {
          threads.add(thread);
        } else if (thread != Thread.currentThread()) {
          // The JDK's "process reaper" keeps its creator's loader for a minute.
          thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
      }
    }
    join(threads, SECONDS);
  }

  /** Returns all threads except virtual ones. */
  static Iterable<Thread> alive() {
    return Thread.getAllStackTraces().keySet();
  }

  /** Waits up to this many seconds for all threads together; returns those still alive. */
  static List<Thread> join(List<Thread> threads, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> alive = new ArrayList<>(threads);
    boolean interrupted = false;
    while (!alive.isEmpty() && System.nanoTime() - end < 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(alive.get(0), end - System.nanoTime());
        alive.removeIf(thread -> !thread.isAlive());
      } catch (InterruptedException e) {
        interrupted = true; // keep waiting; the interrupt is restored below
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return alive;
  }
}
