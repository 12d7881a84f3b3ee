// How much of a pool of interpreters is in use.
package org.isthmus.metrics;

import java.util.function.IntSupplier;

/** Reads the values on demand. Immutable. */
public final class PoolUse {
  private final int max;
  private final IntSupplier size;
  private final IntSupplier busy;

  /**
   * Describes a pool.
   *
   * @param max how many interpreters it may have
   * @param size returns how many it has
   * @param busy returns how many of them are answering a request
   */
  public PoolUse(int max, IntSupplier size, IntSupplier busy) {
    this.max = max;
    this.size = size;
    this.busy = busy;
  }

  /** Returns how many interpreters it may have. */
  public int max() {
    return max;
  }

  /** Returns how many it has. */
  public int size() {
    return size.getAsInt();
  }

  /** Returns how many of them are answering a request. */
  public int busy() {
    return busy.getAsInt();
  }
}
