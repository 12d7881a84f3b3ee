// One application for all threads at once.
package org.isthmus.concurrency;

import org.isthmus.engine.WsgiApp;

/** Lends the same application to every thread; {@code wsgi.multithread} is true. */
public final class SharedSource implements AppSource, AppSource.Lease {
  private final WsgiApp app;

  /** Shares an application. */
  public SharedSource(WsgiApp app) {
    this.app = app;
  }

  @Override
  public Lease borrow() {
    return this;
  }

  @Override
  public WsgiApp app() {
    return app;
  }

  @Override
  public void close() {}
}
