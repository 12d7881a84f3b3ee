// One application on a Jython of its own, called without a container.
package org.isthmus.engine.jython;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.isthmus.Fake;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.TaskOptions;
import org.isthmus.engine.WsgiApp;
import org.isthmus.engine.jython.boot.JythonOptions;
import org.isthmus.engine.jython.boot.JythonSpecs;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Mount;
import org.isthmus.exchange.Observer;
import org.python.core.PySystemState;

/** Its responses have no body. It has one thread for tasks, and no time for them at the end. */
final class OneApp implements AutoCloseable {
  /** What the test lets a ServletContext answer. */
  public static final class Context {
    public String getContextPath() {
      return "";
    }

    public Object getAttribute(String name) {
      return null;
    }
  }

  private static final Map<String, Object> REQUEST =
      Map.of(
          "getDispatcherType", DispatcherType.REQUEST,
          "getMethod", "GET",
          "getProtocol", "HTTP/1.1",
          "getRequestURI", "/",
          "getServletPath", "",
          "getPathInfo", "/");

  /** Returns a request that says of everything else that it has none. */
  private static HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            OneApp.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              Class<?> type = method.getReturnType();
              Object none = type == int.class ? (Object) 0 : type == boolean.class ? false : null;
              return REQUEST.getOrDefault(method.getName(), none);
            });
  }

  /** What the test lets a response answer. */
  public static final class Response {
    private int status;

    public void setStatus(int given) {
      status = given;
    }

    public void sendError(int given) {
      status = given;
    }

    public boolean isCommitted() {
      return false;
    }

    public void flushBuffer() {}
  }

  private final ServletContext context = Fake.of(ServletContext.class, new Context());
  private final Response response = new Response();

  private Exchange exchange() {
    return new Exchange(
        request(),
        Fake.of(HttpServletResponse.class, response),
        new Mount(context, null, -1, Mount.UnderscoreHeaders.DROP, Set.of()),
        Observer.NONE);
  }

  private final JythonEngine engine;
  private final Interpreter interpreter;
  private final WsgiApp app;

  /**
   * Imports it.
   *
   * @param source the module, with the function {@code application}
   * @param executor runs its tasks; null for threads of its own
   */
  OneApp(Path webInf, String source, Executor executor) throws IOException {
    Files.writeString(Files.createDirectory(webInf.resolve("app")).resolve("wsgi.py"), source);
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    TaskOptions tasks = new TaskOptions(1, 1, null, Duration.ZERO);
    JythonOptions options = new JythonOptions(true, null, tasks, () -> executor);
    engine = new JythonEngine(JythonSpecs.of(context, loader, webInf));
    interpreter = engine.interpreter();
    app = interpreter.load(new AppSpec(null, List.of(), true, false, Map.of(), Map.of(), options));
  }

  /** Calls it once. */
  void handle() throws IOException {
    app.handle(exchange());
  }

  /** Returns the state of its interpreter. */
  PySystemState system() {
    return ((JythonInterpreter) interpreter).system();
  }

  /** Returns the status of its last response. */
  int status() {
    return response.status;
  }

  @Override
  public void close() {
    try {
      interpreter.close();
    } finally {
      engine.close();
    }
  }
}
