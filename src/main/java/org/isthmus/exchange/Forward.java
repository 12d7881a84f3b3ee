// Hands a request on to a JSP or servlet, once its application has returned.
package org.isthmus.exchange;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The dispatch of {@code isthmus.forward} (Servlet 5.0, 9.4).
 *
 * <p>It comes last, when the application's lease, interpreter or slot has been returned: a chain of
 * forwards never needs more than one of them at a time.
 */
public final class Forward {
  private Forward() {}

  /**
   * Forwards a request whose application has asked for it.
   *
   * <p>As after a servlet's setStatus and addHeader, the application's status and headers stay
   * unless the target changes them. Its Content-Length does not, as it counts a body that is not
   * sent.
   *
   * @param request as the container passed it
   * @param response likewise
   */
  public static void dispatch(
      Exchange exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String path = exchange.body().forward();
    if (path == null) {
      return;
    }
    ResponseHead head = exchange.body().head();
    if (head != null) {
      head.apply(response, -1);
    }
    RequestDispatcher dispatcher = request.getRequestDispatcher(path);
    dispatcher.forward(request, response);
  }
}
