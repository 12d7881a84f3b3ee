// An application that has just been imported, and how long that took.
package org.isthmus.deploy;

import org.isthmus.concurrency.AppSource;
import org.isthmus.engine.WsgiApp;
import org.isthmus.metrics.AppMetrics;
import org.isthmus.metrics.PoolUse;

/** Its source, and what monitoring shows about it. Immutable. */
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
   * @param pool the usage of its pool; null without one
   */
  StartedApp(AppSource source, WsgiApp app, long nanos, PoolUse pool) {
    this.source = source;
    this.app = app;
    this.nanos = nanos;
    this.pool = pool;
  }

  /** Shows it as the application that answers requests. */
  void show(AppMetrics counted, int generation) {
    counted.placed(generation, pool);
    counted.ready(app, nanos);
  }
}
