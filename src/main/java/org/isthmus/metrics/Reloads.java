// The outcome of a web application's last reload, and the means to reload it.
package org.isthmus.metrics;

import java.util.function.Supplier;

/**
 * For monitoring, and for requests to reload.
 *
 * <p><b>Threading.</b> Any threads.
 */
public final class Reloads {
  private volatile Supplier<String> reloader;
  private volatile long millis;
  private volatile String failure = "";

  Reloads() {}

  /**
   * Sets the reloader.
   *
   * @param newReloader reloads, and returns a summary, or throws the failure
   */
  public synchronized void by(Supplier<String> newReloader) {
    reloader = newReloader;
  }

  /** Removes a reloader, unless another has replaced it. */
  public synchronized void notBy(Supplier<String> gone) {
    reloader = reloader == gone ? null : reloader;
  }

  /** Records that a reload has succeeded. */
  public void succeeded() {
    failure = "";
    millis = System.currentTimeMillis();
  }

  /**
   * Records that a reload has failed.
   *
   * @param text as logged
   */
  public void failed(String text) {
    failure = text;
    millis = System.currentTimeMillis();
  }

  /**
   * Reloads, and waits for the outcome.
   *
   * @return a summary for the operator: the new generation, and how long the reload took
   * @throws RuntimeException if it failed; the message says why
   */
  String reload() {
    Supplier<String> current = reloader;
    if (current == null) {
      throw new IllegalStateException("Nothing is there to be reloaded.");
    }
    return current.get();
  }

  /** Returns when the last reload ended, as System.currentTimeMillis; 0 if there was none. */
  long millis() {
    return millis;
  }

  /** Returns why the last reload failed; empty if it succeeded, or if there was none. */
  String failure() {
    return failure;
  }
}
