package functional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Hands a request on as its header says: X-Forward, X-Include, X-Named, X-Include-Named or X-Error.
 */
public final class DispatchServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String forward = request.getHeader("X-Forward");
    String include = request.getHeader("X-Include");
    String named = request.getHeader("X-Named");
    if (forward != null) {
      request.getRequestDispatcher(forward).forward(request, response);
    } else if (include != null) {
      request.getRequestDispatcher(include).include(request, response);
    } else if (named != null) {
      getServletContext().getNamedDispatcher(named).forward(request, response);
    } else if (request.getHeader("X-Include-Named") != null) {
      String name = request.getHeader("X-Include-Named");
      getServletContext().getNamedDispatcher(name).include(request, response);
    } else {
      response.sendError(Integer.parseInt(request.getHeader("X-Error")));
    }
  }
}
