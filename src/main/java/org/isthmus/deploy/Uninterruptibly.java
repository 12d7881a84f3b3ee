// Waits without being cut short by an interrupt, and keeps the interrupt for later.
package org.isthmus.deploy;

/** For waits that must not be cut short, even if the container interrupts an undeployment. */
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
