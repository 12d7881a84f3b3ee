// Stands in for an application that did not start: 503 for every request.
package org.isthmus.deploy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.isthmus.engine.WsgiApp;
import org.isthmus.exchange.Exchange;

/** What {@code isthmus.init.error=503} serves; the cause is in the log. */
public final class FailedApp implements WsgiApp {
  private final String name;
  private volatile String failure; // null if unknown here

  /**
   * Stands in for an application.
   *
   * @param failure what the log says about it; null if unknown
   */
  public FailedApp(String name, String failure) {
    this.name = name;
    this.failure = failure;
  }

  /** Records that it has failed again. */
  void fail(String newFailure) {
    failure = newFailure;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.explainWith(failure);
    exchange.fail(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }
}
