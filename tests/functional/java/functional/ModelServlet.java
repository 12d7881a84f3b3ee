package functional;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Shows the attributes that it is given, as a JSP would; the path can be a status or a failure. */
public final class ModelServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
    String path =
        included
            ? (String) request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)
            : request.getPathInfo();
    if ("/throw".equals(path)) {
      throw new ServletException("the model is wrong");
    }
    if ("/forward".equals(path) || "/written".equals(path)) {
      response.setStatus(201);
      if ("/written".equals(path)) {
        response.getOutputStream().print("written;");
      }
      String target = (String) request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING);
      request.getRequestDispatcher(target).forward(request, response);
      return;
    }
    if ("/refused".equals(path)) {
      response.getWriter().print("written");
      response.sendError(410);
      return;
    }
    if ("/large".equals(path)) {
      response.getWriter().print("large;".repeat(10000));
      return;
    }
    if ("/octets".equals(path)) {
      response.getOutputStream().write(new byte[] {0, (byte) 0xFF, 'o'});
      return;
    }
    response.setContentType("text/plain;charset=ISO-8859-1");
    response.setHeader("X-Java", "set");
    if ("/created".equals(path)) {
      response.setStatus(201);
    }
    List<String> shown = new ArrayList<>();
    shown.add(request.getMethod());
    shown.add(new String(request.getInputStream().readAllBytes(), "UTF-8"));
    shown.add(described(request.getAttribute("cart")));
    shown.add(described(request.getAttribute("nothing")));
    shown.add(String.valueOf(request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI)));
    response.getWriter().print(String.join("|", shown));
    response.flushBuffer();
  }

  private static String described(Object value) {
    return value == null ? "null" : value.getClass().getSimpleName() + text(value);
  }

  private static String text(Object value) {
    return value instanceof Object[] ? "" : value.toString();
  }
}
