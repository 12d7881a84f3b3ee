package functional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;

/** A servlet behind Python: the path says what it does. */
public final class ChainedServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (request.getPathInfo()) {
      case "/echo":
        echo(request, response);
        break;
      case "/stream":
        // The client sends its body when it has the first block.
        response.setContentType("text/plain");
        response.getOutputStream().print("begun;");
        response.flushBuffer();
        response.setHeader("X-Late", "lost");
        response.getOutputStream().write(request.getInputStream().readAllBytes());
        break;
      case "/large":
        response.setContentType("text/plain");
        response.getWriter().print("x".repeat(20000));
        break;
      case "/buffered":
        response.setContentType("text/plain");
        response.setBufferSize(300000);
        response.getOutputStream().write(request.getInputStream().readAllBytes());
        break;
      case "/block":
        response.setContentType("text/plain");
        response.setBufferSize(10);
        response.getOutputStream().write(request.getInputStream().readAllBytes());
        break;
      case "/form":
        String[] values = request.getParameterValues("q");
        response.getWriter().print(String.join(",", values));
        break;
      case "/parts":
        for (Part part : request.getParts()) {
          byte[] content = part.getInputStream().readAllBytes();
          response.getOutputStream().print(part.getName() + "=");
          response.getOutputStream().write(content);
        }
        break;
      case "/forward":
        response.setHeader("X-Forwarding", "kept");
        request.getRequestDispatcher(request.getQueryString()).forward(request, response);
        break;
      case "/silent":
        throw new EOFException();
      case "/absent":
        throw new FileNotFoundException("/etc/shop.properties");
      case "/catching":
        catching(response);
        break;
      case "/swallowing":
        swallowing(request, response);
        break;
      case "/error":
        response.getWriter().print("dropped");
        response.sendError(410, "no longer");
        response.getWriter().print("dropped too");
        break;
      case "/redirect":
        response.sendRedirect("echo?next");
        break;
      case "/session":
        request.getSession(true);
        response.addCookie(new Cookie("java", "set"));
        response.addDateHeader("X-Date", 0);
        response.setIntHeader("X-Number", 5);
        response.setLocale(java.util.Locale.GERMANY);
        response.setContentType("text/html; charset=\"utf-8\"");
        response.getWriter().print("gr\u00fc\u00dfe");
        break;
      case "/async":
        request.startAsync();
        break;
      default:
        throw new IllegalStateException("told to fail behind Python");
    }
  }

  private static void catching(HttpServletResponse response) {
    response.setContentType("text/plain");
    try {
      response.getOutputStream().write(new byte[20000]);
    } catch (IOException e) {
      System.getLogger("functional")
          .log(System.Logger.Level.INFO, "a servlet has caught " + e.getClass().getName() + ".");
    }
  }

  /** Goes on after each failure. */
  private static void swallowing(HttpServletRequest request, HttpServletResponse response) {
    response.setContentType("text/plain");
    for (int i = 0; i < 3; i++) {
      try {
        request.getInputStream().readAllBytes();
        response.getOutputStream().write(new byte[20000]);
      } catch (IOException | RuntimeException e) {
        System.getLogger("functional")
            .log(System.Logger.Level.INFO, "a servlet goes on after " + e.getClass().getName());
      }
    }
  }

  private static void echo(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    PrintWriter out = response.getWriter();
    out.println(request.getMethod() + " " + request.getContentLengthLong());
    out.println(
        request.getRemoteUser() + " " + request.getUserPrincipal() + " by " + type(request));
    out.println(request.isUserInRole("member"));
    out.println(request.getHeader("X-Told") + " " + request.getHeader("x-gone"));
    boolean listed = Collections.list(request.getHeaderNames()).contains("X-Gone");
    out.println(listed + " " + request.getParameter("q"));
    out.print(new String(request.getInputStream().readAllBytes(), "UTF-8"));
  }

  private static String type(HttpServletRequest request) {
    return request.getAuthType();
  }
}
