// The interpreter in which an application runs: the shared one, its own, or a pool.
package org.isthmus.deploy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.ConcurrencySettings;
import org.isthmus.settings.Settings;

/**
 * The values of {@code isthmus.interpreter} and {@code isthmus.pool}. Immutable.
 *
 * <p>Equal placements are the same place, where equal applications are shared.
 */
final class Placement {
  private final boolean own;
  private final Integer max;
  private final int min;
  private final Duration timeout;
  private final String component;

  private Placement(boolean own, Integer max, int min, Duration timeout, String component) {
    this.own = own;
    this.max = max;
    this.min = min;
    this.timeout = timeout;
    this.component = component;
  }

  /**
   * Reads a placement.
   *
   * @param component the name of the servlet or filter: part of the key if it must not share, with
   *     its own interpreter or with modjy's parameters
   * @throws WsgiException if the sizes of the pool contradict each other
   */
  static Placement of(Settings settings, String component) {
    boolean own = settings.get(ConcurrencySettings.OWN_INTERPRETER);
    Integer max = settings.get(ConcurrencySettings.POOL_MAX);
    int min = settings.get(ConcurrencySettings.POOL_MIN);
    if (max != null && min > max) {
      String remedy = "The minimum must not be larger: correct one of the two.";
      throw new WsgiException(Rule.POOL_SIZES, min, max, remedy);
    }
    if (max == null && settings.has(ConcurrencySettings.POOL_MIN)) {
      String remedy = "Set isthmus.pool.max, or remove isthmus.pool.min.";
      throw new WsgiException(Rule.POOL_SIZES, min, "not set, so there is no pool", remedy);
    }
    // Without a pool this is nothing: it must not keep one application from being another's.
    Duration timeout = max == null ? null : settings.get(ConcurrencySettings.POOL_ACQUIRE_TIMEOUT);
    // modjy makes an application for each servlet, from one class or factory too.
    boolean apart = own || settings.modjy() != null;
    return new Placement(own, max, min, timeout, apart ? component : null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Placement && parts().equals(((Placement) other).parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return Arrays.asList(own, max, min, timeout, component);
  }

  /** Returns true for an interpreter that no other servlet or filter uses. */
  boolean isOwn() {
    return own;
  }

  /** Returns true for a pool, which always has interpreters of its own. */
  boolean isPool() {
    return max != null;
  }

  /** Returns how many interpreters the pool may have. */
  int max() {
    return max;
  }

  /** Returns how many interpreters the pool starts with. */
  int min() {
    return min;
  }

  /** Returns how long a request waits for one of them; null without a pool. */
  Duration timeout() {
    return timeout;
  }
}
