// Recognizes the request that opens a WebSocket, which is not WSGI.
package org.isthmus.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** A handshake in HTTP/1.1 (RFC 6455, 4.1). */
public final class WebSocketHandshake {
  private WebSocketHandshake() {}

  /** Returns true if a client's request asks for one; its error page and forwards do not. */
  public static boolean is(HttpServletRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
        && request.getDispatcherType() == DispatcherType.REQUEST
        && request.getMethod().equals("GET")
        && request.getHeader("Sec-WebSocket-Key") != null;
  }

  /** Throws if a request asks for a WebSocket. */
  static void refuse(HttpServletRequest request) {
    if (is(request)) {
      throw new WsgiException(Rule.WEBSOCKET_REFUSED);
    }
  }
}
