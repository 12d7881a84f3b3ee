package functional;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with the name of the user and logs a line: proves the harness without Isthmus. */
public final class PlainServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    System.getLogger("functional").log(System.Logger.Level.INFO, request.getQueryString());
    response.setContentType("text/plain");
    response.getOutputStream().print("user " + request.getRemoteUser());
  }
}
