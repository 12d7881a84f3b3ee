package org.isthmus.engine.jython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isthmus.Fake;
import org.isthmus.Logged;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.TaskOptions;
import org.isthmus.engine.WsgiApp;
import org.isthmus.engine.jython.boot.JythonOptions;
import org.isthmus.engine.jython.boot.JythonSpec;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Mount;
import org.isthmus.exchange.Observer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.python.core.Py;
import org.python.core.PySystemState;

/** What a call leaves on the container's thread. */
class JythonAppTest {
  private static final String APP =
      """
      import sys
      def application(environ, start_response):
          start_response('204 No Content', [])
          sys.stdout.write('a line without an end')
          return []
      """;

  /** What the test lets a ServletContext answer. */
  public static final class Context {
    public String getContextPath() {
      return "";
    }

    public Object getAttribute(String name) {
      return null;
    }
  }

  /** What the test lets a request answer. */
  public static final class Request {
    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }

    public String getMethod() {
      return "GET";
    }

    public String getProtocol() {
      return "HTTP/1.1";
    }

    public String getHeader(String name) {
      return null;
    }

    public Object getAttribute(String name) {
      return null;
    }
  }

  /** What the test lets a response answer. */
  public static final class Response {
    private int status;

    public void setStatus(int given) {
      status = given;
    }

    public void flushBuffer() {}
  }

  private final ServletContext context = Fake.of(ServletContext.class, new Context());
  private final Response response = new Response();

  private Exchange exchange() {
    return new Exchange(
        Fake.of(HttpServletRequest.class, new Request()),
        Fake.of(HttpServletResponse.class, response),
        new Mount(context, null, -1, Mount.UnderscoreHeaders.DROP, Set.of()),
        Observer.NONE);
  }

  @Test
  void threadIsAsItWasWhereTheLogFailsAtTheEnd(@TempDir Path webInf) throws IOException {
    Files.writeString(Files.createDirectory(webInf.resolve("app")).resolve("wsgi.py"), APP);
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    JythonSpec spec =
        new JythonSpec(
            context,
            loader,
            webInf,
            List.of(),
            false,
            false,
            "INFO",
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            new StartTimes());
    JythonEngine engine = new JythonEngine(spec);
    try (Interpreter interpreter = engine.interpreter()) {
      WsgiApp app =
          interpreter.load(
              new AppSpec(
                  null,
                  List.of(),
                  true,
                  false,
                  Map.of(),
                  Map.of(),
                  new JythonOptions(true, null, new TaskOptions(1, 1, null, Duration.ZERO))));
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      PySystemState stateBefore = Py.getSystemState();
      try (Logged logged = new Logged()) {
        logged.fail();
        assertThrows(IllegalStateException.class, () -> app.handle(exchange()));
      }
      assertEquals(204, response.status);
      assertSame(before, thread.getContextClassLoader());
      assertSame(stateBefore, Py.getSystemState());
    } finally {
      engine.close();
    }
  }
}
