// Runs tasks on a thread that lives as long as the engine, and therefore may start processes.
package org.isthmus.engine.cpython;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A single thread: Linux ends a worker together with the thread that started it. */
final class WorkerScheduler implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  private final ScheduledThreadPoolExecutor executor;

  /**
   * Starts its thread with the first task.
   *
   * @param loader the web application's class loader, by which some containers find its log
   */
  WorkerScheduler(ClassLoader loader) {
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

  /** Runs a task after a delay, unless the engine has ended by then. */
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
      LOG.log(System.Logger.Level.ERROR, "A task that starts, checks or ends workers failed.", e);
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
