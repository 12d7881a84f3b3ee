// An application that is starting: 503 until it has started.
package org.isthmus.concurrency;

import java.io.IOException;
import org.isthmus.engine.WsgiApp;
import org.isthmus.exchange.Exchange;

/**
 * Lends a stand-in that asks clients to retry and, after {@link #become}, the started application.
 *
 * <p><b>Threading.</b> Any number of threads borrow; the thread that starts it switches over.
 */
public final class StartingSource implements AppSource, AppSource.Lease, WsgiApp {
  /** For Retry-After; long enough that retrying clients do not slow down startup. */
  private static final int SECONDS = 5;

  private volatile AppSource current = this;

  /** From now on, lends what another source lends. */
  public void become(AppSource started) {
    current = started;
  }

  @Override
  public Lease borrow() {
    AppSource lender = current;
    return lender == this ? this : lender.borrow();
  }

  @Override
  public WsgiApp app() {
    return this;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.refuse(SECONDS);
  }

  @Override
  public void close() {}
}
