// Stands in for an application that did not start: 503 for every request.
package org.isthmus;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.isthmus.engine.WsgiApp;
import org.isthmus.exchange.Exchange;

/** What {@code isthmus.init.error=503} serves; the cause is in the log. */
final class FailedApp implements WsgiApp {
  private final String name;

  FailedApp(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.fail(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }
}
