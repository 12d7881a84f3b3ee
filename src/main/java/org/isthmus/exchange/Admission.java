// What is checked about a request before its application is called.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletRequest;

/** The rules that requests break, not applications: each engine checks them first. */
public final class Admission {
  private Admission() {}

  /**
   * Checks everything about a request that can be checked without the application.
   *
   * @throws org.isthmus.errors.WsgiException if the request breaks a rule
   */
  public static void check(Exchange exchange) {
    HttpServletRequest request = exchange.request();
    RequestHeaders.requireLength(request);
    WebSocketHandshake.refuse(request);
    exchange.target().requireMapped();
    if (exchange.mount().maxBody() >= 0) {
      exchange.requireBodyWithin(request.getContentLengthLong());
    }
    RequestHeaders.refuseUnderscores(request, exchange.mount());
  }
}
