// Ends a web application's Python when the JVM ends, after the container or in its place.
package org.isthmus;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A shutdown hook of the JVM, which runs all of them at once.
 *
 * <p>A container has one of its own that stops web applications and lets running requests end; then
 * this one waits for it. A program that embeds a container may never stop it: then this one does
 * what is to be done at the end, {@code atexit} and open files.
 *
 * <p><b>Threading.</b> Any.
 */
final class ExitHook {
  private static final long PATIENCE_SECONDS = 5;
  private static final long MOST_SECONDS = 120;

  private final Runnable stop;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = new Thread(this::run, "isthmus-exit");

  private ExitHook(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Registers a hook.
   *
   * @param stop what the container would do, called if it does not within five seconds
   */
  static ExitHook install(Runnable stop) {
    ExitHook exit = new ExitHook(stop);
    try {
      Runtime.getRuntime().addShutdownHook(exit.hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already: the container stops what it has begun to start.
      return exit;
    }
    return exit;
  }

  /** Says that the container has begun to stop the web application. */
  void begin() {
    stopping.countDown();
  }

  /** Says that it has stopped, and takes the hook from the JVM. */
  void end() {
    stopped.countDown();
    stopping.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running.
      return;
    }
  }

  private void run() {
    try {
      if (stopping.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        stopped.await(MOST_SECONDS, TimeUnit.SECONDS);
      } else {
        stop.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
