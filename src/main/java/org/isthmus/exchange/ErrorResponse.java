// What the client gets when the application has failed: an error page, or a cut connection.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Ends the response of an exchange whose application failed. */
final class ErrorResponse {
  private ErrorResponse() {}

  /**
   * Answers with a status, unless an answer has begun.
   *
   * @param explanation to show to the client, or null for the container's error page
   * @throws IOException if the head is out: the container then closes the connection, so that the
   *     client notices
   */
  static void send(Exchange exchange, int status, String explanation) throws IOException {
    ClientFault client = exchange.client();
    boolean headOut = exchange.body().isHeadOut();
    boolean committed = exchange.response().isCommitted();
    // Tomcat answers at once for a body that it cannot read, or a head that is too large.
    boolean answered = client.isAnswered() || exchange.body().isRefused();
    if (!headOut && committed && answered) {
      return;
    }
    if (!headOut && !committed) {
      answer(exchange, client.statusOr(status), explanation);
      return;
    }
    IOException aborted = aborted(exchange);
    if (!client.hasWriteFailed()) {
      throw aborted;
    }
  }

  private static void answer(Exchange exchange, int status, String explanation) {
    HttpServletResponse response = exchange.response();
    try {
      if (explanation != null) {
        DebugPage.send(exchange.request(), response, status, explanation);
      } else {
        response.sendError(status);
      }
    } catch (IOException e) {
      exchange.client().gone(e); // a client that has ended its request may not read the answer
    }
  }

  /**
   * Returns the exception that makes the container close the connection without ending the body.
   * Flushes the response first: otherwise, containers would answer the exception with an error page
   * of their own.
   */
  static IOException aborted(Exchange exchange) {
    try {
      exchange.response().flushBuffer();
      return new ResponseAborted("the response was aborted; the reason is logged before this");
    } catch (IOException e) {
      return exchange.client().gone(e);
    }
  }
}
