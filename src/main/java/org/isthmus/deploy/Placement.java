// In which interpreter an application is to live: the shared one, its own, or a pool.
package org.isthmus.deploy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/**
 * What {@code isthmus.interpreter} and {@code isthmus.pool} say. Immutable.
 *
 * <p>Two that are equal mean one and the same place, where equal applications are one.
 */
final class Placement {
  private final boolean own;
  private final Integer most;
  private final int least;
  private final Duration patience;
  private final String component;

  private Placement(boolean own, Integer most, int least, Duration patience, String component) {
    this.own = own;
    this.most = most;
    this.least = least;
    this.patience = patience;
    this.component = component;
  }

  /**
   * Reads a placement.
   *
   * @param component the name of the servlet or filter: it alone is in an interpreter of its own,
   *     and has what modjy's parameters name for itself
   * @throws WsgiException if the sizes of the pool are none
   */
  static Placement of(Settings settings, String component) {
    boolean own = settings.get(SettingsTable.OWN_INTERPRETER);
    Integer most = settings.get(SettingsTable.POOL_MAX);
    int least = settings.get(SettingsTable.POOL_MIN);
    boolean malformed = most == null ? settings.has(SettingsTable.POOL_MIN) : least > most;
    if (malformed) {
      throw new WsgiException(Rule.POOL_SIZES, least, most == null ? "not set" : most);
    }
    // Without a pool this is nothing: it must not keep one application from being another's.
    Duration patience = most == null ? null : settings.get(SettingsTable.POOL_ACQUIRE_TIMEOUT);
    // modjy makes an application for each servlet, from one class or factory too.
    boolean apart = own || settings.modjy() != null;
    return new Placement(own, most, least, patience, apart ? component : null);
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
    return Arrays.asList(own, most, least, patience, component);
  }

  /** Returns true for an interpreter that no other servlet or filter has. */
  boolean isOwn() {
    return own;
  }

  /** Returns true for a pool, which has interpreters for itself in any case. */
  boolean isPool() {
    return most != null;
  }

  /** Returns how many interpreters the pool may have. */
  int most() {
    return most;
  }

  /** Returns how many interpreters the pool begins with. */
  int least() {
    return least;
  }

  /** Returns how long a request waits for one of them; null where there is no pool. */
  Duration patience() {
    return patience;
  }
}
