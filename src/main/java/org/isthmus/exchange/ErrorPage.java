// An error page of the container, for a response without a body and with an unchanged status.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The container's or the web application's own page (Servlet 5.0, 10.9). */
final class ErrorPage {
  private final int status;
  private final String message;

  ErrorPage(int status, String message) {
    this.status = status;
    this.message = message;
  }

  boolean isOf(ResponseHead head) {
    return head != null && head.status() == status;
  }

  /** Sends it with the headers of a head. */
  void send(HttpServletResponse response, ResponseHead head) throws IOException {
    head.apply(response, -1);
    response.sendError(status, message);
  }
}
