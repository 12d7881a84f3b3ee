package functional;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hands requests on: the path says how, the query string says where to. */
public final class DispatchingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String target = request.getQueryString();
    switch (request.getPathInfo()) {
      case "/forward":
        request.getRequestDispatcher(target).forward(request, response);
        break;
      case "/include":
        include(request.getRequestDispatcher(target), request, response);
        break;
      case "/include-writer":
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print("before;");
        request.getRequestDispatcher(target).include(request, response);
        response.getWriter().print(";after");
        break;
      case "/named-forward":
        getServletContext().getNamedDispatcher(target).forward(request, response);
        break;
      case "/named-include":
        include(getServletContext().getNamedDispatcher(target), request, response);
        break;
      case "/async":
        request.startAsync(request, response).dispatch(target);
        break;
      case "/error":
        response.sendError(Integer.parseInt(target), "told by Java");
        break;
      default:
        throw new IllegalStateException("told to fail");
    }
  }

  private static void include(
      RequestDispatcher target, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.setContentType("text/plain");
    response.setHeader("X-Includer", "kept");
    response.getOutputStream().print("before;");
    target.include(request, response);
    response.getOutputStream().print(";after");
  }
}
