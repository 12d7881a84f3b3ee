// How much of a pool of interpreters is in use.
package org.isthmus.metrics;

import java.util.function.IntSupplier;

/** Looks when it is asked. Immutable. */
public final class PoolUse {
  private final int most;
  private final IntSupplier size;
  private final IntSupplier busy;

  /**
   * Describes a pool.
   *
   * @param most how many interpreters it may have
   * @param size tells how many it has
   * @param busy tells how many of them answer a request
   */
  public PoolUse(int most, IntSupplier size, IntSupplier busy) {
    this.most = most;
    this.size = size;
    this.busy = busy;
  }

  /** Returns how many interpreters it may have. */
  public int most() {
    return most;
  }

  /** Returns how many it has. */
  public int size() {
    return size.getAsInt();
  }

  /** Returns how many of them answer a request. */
  public int busy() {
    return busy.getAsInt();
  }
}
