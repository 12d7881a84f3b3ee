package functional;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet behind Python that goes on whatever happens; the path says what it does. */
public final class PersistentServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    switch (request.getPathInfo()) {
      case "/stream": // the client sends its body when it has the first block
        write(response, "begun;");
        read(request);
        write(response, "more;");
        break;
      case "/read":
        read(request);
        write(response, "read;");
        break;
      case "/pour":
        while (write(response, "x".repeat(65536))) {
          continue;
        }
        break;
      case "/thread":
        thread(response);
        break;
      case "/io":
        throw new IOException("told to fail");
      case "/link":
        throw new NoClassDefFoundError("told to fail");
      default:
        throw new IllegalStateException("told to fail");
    }
    note("has ended");
  }

  private static void read(HttpServletRequest request) {
    try {
      request.getInputStream().readAllBytes();
    } catch (IOException | RuntimeException e) {
      note("cannot read: " + e);
    }
  }

  private static boolean write(HttpServletResponse response, String text) {
    try {
      response.getOutputStream().print(text);
      response.flushBuffer();
      return true;
    } catch (IOException | RuntimeException e) {
      note("cannot write: " + e);
      return false;
    }
  }

  private static void thread(HttpServletResponse response) {
    Thread thread = new Thread(() -> write(response, "from another thread"));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void note(String text) {
    System.getLogger("functional").log(System.Logger.Level.INFO, "a servlet " + text);
  }
}
