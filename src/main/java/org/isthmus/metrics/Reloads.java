// What became of the last reload of a web application, and who reloads it.
package org.isthmus.metrics;

import java.util.function.Supplier;

/**
 * For whoever looks, or asks for a reload.
 *
 * <p><b>Threading.</b> Any threads.
 */
public final class Reloads {
  private volatile Supplier<String> reloader;
  private volatile long millis;
  private volatile String failure = "";

  Reloads() {}

  /**
   * Tells who reloads.
   *
   * @param newReloader reloads, and returns what there is to say of it, or throws why it failed
   */
  public synchronized void by(Supplier<String> newReloader) {
    reloader = newReloader;
  }

  /** Tells that somebody reloads no longer. */
  public synchronized void notBy(Supplier<String> gone) {
    reloader = reloader == gone ? null : reloader;
  }

  /** Tells that a reload has succeeded. */
  public void succeeded() {
    failure = "";
    millis = System.currentTimeMillis();
  }

  /**
   * Tells that a reload has failed.
   *
   * @param text what the log has of it
   */
  public void failed(String text) {
    failure = text;
    millis = System.currentTimeMillis();
  }

  /**
   * Reloads, and waits for what becomes of it.
   *
   * @return for people: which generation there is now, and how long that took
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

  /** Returns why the last reload failed; empty if it did not, or if there was none. */
  String failure() {
    return failure;
  }
}
