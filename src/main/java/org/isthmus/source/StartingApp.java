// An application that is being started: 503 until it is there.
package org.isthmus.source;

import java.io.IOException;
import org.isthmus.engine.WsgiApp;
import org.isthmus.exchange.Exchange;

/**
 * Lends a stand-in, which asks clients to come back, and from {@link #become} on what has started.
 *
 * <p><b>Threading.</b> Borrowed from by any number of threads; the thread that starts it says when.
 */
public final class StartingApp implements AppSource, AppSource.Lease, WsgiApp {
  /** For Retry-After; long enough that waiting clients do not add to the start. */
  private static final int SECONDS = 5;

  private volatile AppSource current = this;

  /** From now on lends what another source lends. */
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
