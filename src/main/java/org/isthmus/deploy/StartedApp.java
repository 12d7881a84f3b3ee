// An application that has just been imported, and how long that took.
package org.isthmus.deploy;

import org.isthmus.engine.WsgiApp;
import org.isthmus.metrics.AppMetrics;
import org.isthmus.metrics.PoolUse;
import org.isthmus.source.AppSource;

/** What requests borrow it from, and what is told of it. Immutable. */
final class StartedApp {
  final AppSource source;
  private final WsgiApp app;
  private final long nanos;
  private final PoolUse pool;

  /**
   * Describes a start.
   *
   * @param source lends the application
   * @param app one application that it lends
   * @param nanos how long its import took
   * @param pool tells of the pool that it is in; null if it is in none
   */
  StartedApp(AppSource source, WsgiApp app, long nanos, PoolUse pool) {
    this.source = source;
    this.app = app;
    this.nanos = nanos;
    this.pool = pool;
  }

  /** Has it shown as the one that answers requests. */
  void show(AppMetrics counted, int generation) {
    counted.placed(generation, pool);
    counted.ready(app, nanos);
  }
}
