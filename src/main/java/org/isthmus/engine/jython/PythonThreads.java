// The threads that an application has started: told to end, waited for, named if they do not.
package org.isthmus.engine.jython;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isthmus.errors.Rule;
import org.python.core.FunctionThread;

/** What a stopped web application must not leave running. */
final class PythonThreads {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final long PYTHON_SECONDS = 2;
  private static final long OTHER_SECONDS = 2;

  /** Jython's own, which end by themselves once the interpreter has been cleaned up. */
  private static final List<String> OF_JYTHON = List.of("weakref reaper", "Jython-Netty-Client");

  private PythonThreads() {}

  /** Interrupts all of this interpreter's threads and waits for them, two seconds for all. */
  static void end() {
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : all()) {
      if (thread instanceof FunctionThread) {
        thread.interrupt();
        threads.add(thread);
      }
    }
    for (Thread thread : join(threads, PYTHON_SECONDS)) {
      LOG.log(
          System.Logger.Level.WARNING,
          Rule.THREAD_REMAINS.message(thread.getName(), stack(thread)));
    }
  }

  /** Waits for the threads of Jython's own, and takes the class loader from all others. */
  static void release(ClassLoader loader) {
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : all()) {
      if (thread.getContextClassLoader() == loader) {
        if (OF_JYTHON.stream().anyMatch(thread.getName()::startsWith)) {
          threads.add(thread);
        } else if (thread != Thread.currentThread()) {
          // The JDK's "process reaper" lives on for a minute with the loader of whoever was first.
          thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
      }
    }
    join(threads, OTHER_SECONDS);
  }

  private static Iterable<Thread> all() {
    return Thread.getAllStackTraces().keySet();
  }

  /** Returns those that are still alive when the time is over. */
  private static List<Thread> join(List<Thread> threads, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> alive = new ArrayList<>();
    for (Thread thread : threads) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (thread.isAlive()) {
        alive.add(thread);
      }
    }
    return alive;
  }

  /** The lines of Python's that a Java stack trace has: compiled code knows its sources. */
  private static String stack(Thread thread) {
    StringBuilder lines = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      String file = frame.getFileName();
      if (file != null && file.endsWith(".py") && !frame.getMethodName().equals("call_function")) {
        String function = frame.getMethodName().replaceFirst("\\$\\d+$", "");
        lines.append("\n  File \"").append(file).append("\", line ").append(frame.getLineNumber());
        lines.append(", in ").append(function);
      }
    }
    return lines.length() == 0 ? " (no Python code)" : lines.toString();
  }
}
