package functional;

import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Takes itself out of service, for ten minutes or for good. */
public final class UnavailableServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    System.getLogger("functional")
        .log(System.Logger.Level.INFO, request.getServletPath() + " was called.");
    if ("good".equals(getServletConfig().getInitParameter("for"))) {
      throw new UnavailableException("closed for good");
    }
    throw new UnavailableException("closed for ten minutes", 600);
  }
}
