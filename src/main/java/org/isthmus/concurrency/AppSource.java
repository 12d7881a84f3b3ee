// Lends an application to the thread of a request.
package org.isthmus.concurrency;

/** Lends one loaded application to each request. */
public interface AppSource {
  /** Returns the application for this thread until the lease is closed. */
  Lease borrow();

  /** One loan. */
  interface Lease extends AutoCloseable {
    /** Returns the application. */
    org.isthmus.engine.WsgiApp app();

    /** Gives the application back. */
    @Override
    void close();
  }
}
