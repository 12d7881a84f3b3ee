// An application that a servlet or filter has asked for, and that a reload starts again.
package org.isthmus.deploy;

import java.util.List;
import org.isthmus.engine.AppSpec;
import org.isthmus.metrics.AppMetrics;
import org.isthmus.settings.Settings;

/** What it is, where it runs, and what counts its requests. Immutable; equal ones are shared. */
final class WantedApp {
  final AppSpec spec;
  final Placement placement;
  final Settings settings;
  final AppMetrics counted;

  /**
   * Describes an application.
   *
   * @param placement the interpreter that it runs in
   * @param settings of the first servlet or filter that named it
   * @param counted records the outcome
   */
  WantedApp(AppSpec spec, Placement placement, Settings settings, AppMetrics counted) {
    this.spec = spec;
    this.placement = placement;
    this.settings = settings;
    this.counted = counted;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WantedApp && key().equals(((WantedApp) other).key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  private List<Object> key() {
    return List.of(spec, placement);
  }
}
