import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What apps/upload.py reads and answers, by a servlet's loop. */
public final class UploadServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    InputStream in = request.getInputStream();
    byte[] block = new byte[65536];
    long octets = 0;
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      octets += n;
    }
    byte[] body = Long.toString(octets).getBytes(StandardCharsets.US_ASCII);
    response.setContentType("text/plain");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
