import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

/** What apps/session.py reads, writes and answers, by a servlet. */
public final class SessionServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] BODY = "Hello, world!".getBytes(StandardCharsets.US_ASCII);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    Long count = session == null ? null : (Long) session.getAttribute("count");
    if ("/write".equals(request.getPathInfo())) {
      request.getSession().setAttribute("count", count == null ? 1 : count + 1);
    }
    response.setContentType("text/plain");
    response.setContentLength(BODY.length);
    response.getOutputStream().write(BODY);
  }
}
