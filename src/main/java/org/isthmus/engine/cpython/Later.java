// What is done on the thread that lives as long as the engine, and so may start processes.
package org.isthmus.engine.cpython;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread: Linux ends a worker when the thread ends that started it. */
final class Later implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  private final ScheduledThreadPoolExecutor executor;

  /**
   * Has a thread as soon as there is something to do.
   *
   * @param loader the web application's, by which containers find its log
   */
  Later(ClassLoader loader) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "isthmus-workers");
              thread.setContextClassLoader(loader);
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does something after some time; nothing if the engine has ended by then. */
  void run(Runnable work, long milliseconds) {
    try {
      var unused = executor.schedule(() -> guarded(work), milliseconds, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "The engine has ended.", e);
    }
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "Workers are not looked after as they should be.", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
