// Waiting that an interrupt does not cut short, but is not lost on.
package org.isthmus.deploy;

/**
 * What a container that undeploys in a hurry must not get round: whatever runs has to end first.
 */
final class Uninterruptibly {
  private Uninterruptibly() {}

  /**
   * Waits until a thread has ended.
   *
   * @param thread a thread that has been started, or null
   */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
