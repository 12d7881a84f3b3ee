// Runs code that starts, imports or ends Python on its own short-lived thread.
package org.isthmus.engine.jython;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.python.core.PyException;

/**
 * Keeps Python off the container's threads except for requests: importing {@code threading} renames
 * the current thread, and what Python leaves in thread-locals must not stay there.
 */
final class OwnThread {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final long INTERRUPTED_SECONDS = 10;

  private OwnThread() {}

  /**
   * Runs work to its end. If the caller is interrupted, so is the work, which then has ten seconds
   * to finish.
   *
   * @param loader the context class loader during the work
   * @throws WsgiException if it fails
   */
  static <T> T run(ClassLoader loader, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(() -> translated(work));
    Thread thread = start(loader, task);
    try {
      return result(task, Long.MAX_VALUE);
    } catch (InterruptedException e) {
      thread.interrupt();
      for (Thread still : JvmThreads.join(List.of(thread), INTERRUPTED_SECONDS)) {
        LOG.log(
            System.Logger.Level.WARNING, Rule.START_REMAINS.message(PythonThreads.stack(still)));
      }
      Thread.currentThread().interrupt();
      throw new WsgiException(e, Rule.ENGINE_FAILED, "interrupted");
    } catch (TimeoutException e) {
      throw new IllegalStateException("a wait without a limit has timed out", e);
    }
  }

  /**
   * Runs work, and interrupts and abandons it if it exceeds a time limit. An interrupt of the
   * caller is deferred until then, because this is used to close things.
   *
   * @param maxSeconds the time limit
   * @throws WsgiException if it fails or is abandoned
   */
  static <T> T run(ClassLoader loader, Callable<T> work, long maxSeconds) {
    FutureTask<T> task = new FutureTask<>(() -> translated(work));
    Thread thread = start(loader, task);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(maxSeconds);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result(task, end - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      String stack = PythonThreads.stack(thread);
      thread.interrupt();
      throw new WsgiException(e, Rule.NO_END, maxSeconds, stack);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Thread start(ClassLoader loader, FutureTask<?> task) {
    Thread thread = new Thread(task, "isthmus-engine");
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static <T> T result(FutureTask<T> task, long nanos)
      throws InterruptedException, TimeoutException {
    try {
      return task.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WsgiException) {
        throw (WsgiException) e.getCause();
      }
      throw new WsgiException(e.getCause(), Rule.ENGINE_FAILED, e.getCause());
    }
  }

  private static <T> T translated(Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (PyException e) {
      throw LoadFailure.of(e);
    }
  }
}
