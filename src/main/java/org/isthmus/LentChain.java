// The rest of a filter chain that an application calls.
package org.isthmus;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.isthmus.exchange.Exchange;

/**
 * Keeps the UnavailableException by which a servlet takes itself out of service. It passes through
 * Python, but Tomcat has to get it: it then answers 503 or 404, and calls the servlet no more.
 */
final class LentChain implements FilterChain {
  private final FilterChain rest;
  private UnavailableException thrown;

  LentChain(FilterChain rest) {
    this.rest = rest;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response)
      throws IOException, ServletException {
    try {
      rest.doFilter(request, response);
    } catch (UnavailableException e) {
      thrown = e;
      throw e;
    }
  }

  /** Throws it again if the application has failed of it, and nothing else has been sent. */
  void end(Exchange exchange) throws UnavailableException {
    boolean hasFailed =
        exchange.response().getStatus() == HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    if (thrown != null && hasFailed && !exchange.body().isHeadOut()) {
      throw thrown;
    }
  }
}
