import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What apps/keys.py reads and answers, by a servlet. */
public final class KeysServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] BODY = "Hello, world!".getBytes(StandardCharsets.US_ASCII);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] values = {
      request.getMethod(),
      request.getContextPath() + request.getServletPath(),
      request.getPathInfo(),
      request.getQueryString(),
      request.getServerName(),
      Integer.toString(request.getServerPort()),
      request.getProtocol(),
      request.getRemoteAddr(),
      request.getHeader("Host"),
      request.getHeader("User-Agent"),
      request.getHeader("Accept"),
      request.getHeader("Cookie"),
    };
    int octets = 0;
    for (String value : values) {
      octets += value.length();
    }
    response.setContentType("text/plain");
    response.setContentLength(BODY.length);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("ETag", "\"keys\"");
    response.setHeader("X-Octets", Integer.toString(octets));
    response.getOutputStream().write(BODY);
  }
}
