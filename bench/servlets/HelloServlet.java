import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What apps/hello.py answers, by a servlet. */
public final class HelloServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] BODY = "Hello, world!".getBytes(StandardCharsets.US_ASCII);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.setContentLength(BODY.length);
    response.getOutputStream().write(BODY);
  }
}
