package functional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Locale;

/** What is to do the same behind isthmus.chain and without: the path says what. */
public final class AlikeServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String SENDFILE = "org.apache.tomcat.sendfile.";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Object included = request.getAttribute("jakarta.servlet.include.path_info");
    Object path = included == null ? request.getPathInfo() : included;
    Object given = request.getAttribute("jakarta.servlet.include.query_string");
    String target = given == null ? request.getQueryString() : (String) given;
    switch ((String) path) {
      case "/hello":
        response.getWriter().print("hello");
        break;
      case "/typed":
        response.setContentType(target);
        response.getWriter().print("\u20ac");
        break;
      case "/json":
        response.setContentType("application/json");
        response.getWriter().print("{}");
        break;
      case "/cause":
        request.setAttribute("jakarta.servlet.error.exception", new IOException("on purpose"));
        response.sendError(500);
        break;
      case "/locale":
        response.setContentType("text/html");
        response.setLocale(Locale.JAPANESE);
        response.getWriter().print("\u65e5\u672c");
        break;
      case "/include":
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print("before[");
        request.getRequestDispatcher(target).include(request, response);
        response.getWriter().print("]after");
        response.setStatus(201);
        break;
      case "/include-stream":
        response.setContentType("text/plain");
        response.getOutputStream().print("before[");
        getServletContext().getNamedDispatcher(target).include(request, response);
        response.getOutputStream().print("]after");
        response.setStatus(201);
        break;
      case "/forward":
        response.setStatus(404);
        request.getRequestDispatcher(target).forward(request, response);
        break;
      case "/error":
        response.sendError(Integer.parseInt(target));
        break;
      case "/async":
        async(request, response);
        break;
      case "/header":
        response.setHeader("X-Odd", "a\u00e9\u20ac\nb");
        break;
      case "/location":
        response.sendRedirect("/gr\u00fc\u00dfe/\u20ac?\u20ac");
        break;
      case "/sendfile":
        sendfile(request, response, new File(target));
        break;
      case "/unasked":
        name(request, new File(target));
        response.getWriter().print("its own");
        break;
      case "/read":
        String body = new String(request.getInputStream().readAllBytes(), "UTF-8");
        response.getWriter().print(request.getContentLength() + " " + body);
        break;
      case "/who":
      case "/member/who":
        boolean isMember = request.isUserInRole("member");
        boolean hasPrincipal = request.getUserPrincipal() != null;
        response.getWriter().print(request.getRemoteUser() + " " + isMember + " " + hasPrincipal);
        break;
      case "/upgrade":
        request.upgrade(Upgraded.class);
        break;
      default:
        throw new IllegalStateException("told to fail");
    }
  }

  /** As Spring MVC and JAX-RS do: one that cannot be asynchronous answers at once. */
  private static void async(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      request.startAsync();
    } catch (IllegalStateException e) {
      response.getWriter().print("at once: " + e.getMessage());
    }
  }

  private static void sendfile(HttpServletRequest request, HttpServletResponse response, File file)
      throws IOException {
    response.setContentLengthLong(file.length());
    if (Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))
        || Collections.list(request.getAttributeNames()).contains(SENDFILE + "support")) {
      name(request, file);
    } else {
      Files.copy(file.toPath(), response.getOutputStream());
    }
  }

  private static void name(HttpServletRequest request, File file) throws IOException {
    request.setAttribute(SENDFILE + "filename", file.getCanonicalPath());
    request.setAttribute(SENDFILE + "start", 0L);
    request.setAttribute(SENDFILE + "end", file.length());
  }

  /** Sends what must not be sent. */
  public static final class Upgraded implements HttpUpgradeHandler {
    @Override
    public void init(WebConnection connection) {
      try (connection) {
        connection.getOutputStream().print("upgraded");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void destroy() {}
  }
}
