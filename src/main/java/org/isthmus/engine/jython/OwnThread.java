// Runs what starts, imports and ends Python on a short-lived thread of its own.
package org.isthmus.engine.jython;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.python.core.PyException;

/**
 * Keeps Python off the container's threads but for requests: importing {@code threading} renames
 * the current thread, and what Python leaves in thread-locals must not stay behind.
 */
final class OwnThread {
  private OwnThread() {}

  /**
   * Runs work to its end.
   *
   * @param loader the context class loader meanwhile
   * @throws WsgiException if it fails
   */
  static <T> T run(ClassLoader loader, Callable<T> work) {
    return run(loader, work, Long.MAX_VALUE);
  }

  /**
   * Runs work, and interrupts and leaves it if it has not ended in time.
   *
   * @param mostSeconds how long it is waited for
   * @throws WsgiException if it fails or is left
   */
  static <T> T run(ClassLoader loader, Callable<T> work, long mostSeconds) {
    FutureTask<T> task = new FutureTask<>(() -> translated(work));
    Thread thread = new Thread(task, "isthmus-engine");
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(mostSeconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new WsgiException(e, Rule.ENGINE_FAILED, "interrupted");
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new WsgiException(e, Rule.ENGINE_FAILED, "no end after " + mostSeconds + " seconds");
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
