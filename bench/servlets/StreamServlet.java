import java.io.IOException;
import java.util.Arrays;
import javax.servlet.ServletOutputStream;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What apps/stream.py sends, by a servlet's loop. */
public final class StreamServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int COUNT = 1600;
  private static final byte[] BLOCK = new byte[65536];

  static {
    Arrays.fill(BLOCK, (byte) 'x');
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/octet-stream");
    ServletOutputStream out = response.getOutputStream();
    for (int i = 0; i < COUNT; i++) {
      out.write(BLOCK);
    }
  }
}
