// An application for one thread at a time, from the call to the iterable's close().
package org.isthmus.concurrency;

import java.util.concurrent.locks.ReentrantLock;
import org.isthmus.engine.Unavailable;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;

/**
 * Lends an application that is not thread-safe; {@code wsgi.multithread} is false.
 *
 * <p><b>Threading.</b> Borrowers wait in order of arrival. The lock is reentrant, so an application
 * that includes one of its own paths through a RequestDispatcher does not wait for itself.
 */
public final class SerialSource implements AppSource, AppSource.Lease {
  private final WsgiApp app;
  private final ReentrantLock lock = new ReentrantLock(true);

  /** Serialises an application. */
  public SerialSource(WsgiApp app) {
    this.app = app;
  }

  @Override
  public Lease borrow() {
    try {
      lock.lockInterruptibly();
      return this;
    } catch (InterruptedException e) {
      throw new Unavailable(1, Rule.WAIT_INTERRUPTED);
    }
  }

  @Override
  public WsgiApp app() {
    return app;
  }

  @Override
  public void close() {
    lock.unlock();
  }
}
