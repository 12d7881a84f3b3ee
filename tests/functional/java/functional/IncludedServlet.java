package functional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet that another includes, which must not notice: the path says what this one tries. */
public final class IncludedServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String tried = (String) request.getAttribute("jakarta.servlet.include.path_info");
    switch (String.valueOf(tried)) {
      case "/error":
        response.sendError(404);
        break;
      case "/redirect":
        response.sendRedirect("/elsewhere");
        break;
      case "/length":
        response.setContentLength(5);
        break;
      case "/reset":
        response.reset();
        break;
      case "/type":
        response.setContentType("image/png");
        response.setCharacterEncoding("UTF-16");
        break;
      case "/nested":
        request.getRequestDispatcher("/included/error").include(request, response);
        break;
      default:
        break;
    }
    response.setStatus(409);
    response.setHeader("X-Included", "set");
    response.addIntHeader("X-Included", 1);
  }
}
