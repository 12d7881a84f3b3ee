package embedded;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.isthmus.StatusServlet;
import org.isthmus.WsgiServlet;

/**
 * A Tomcat with an application on CPython: a directory with WEB-INF, then settings of the web
 * application, and those of other servlets, {@code servlet:isthmus.name=value}.
 */
final class WorkersProgram {
  private WorkersProgram() {}

  /** A plain servlet, for what Java alone costs. */
  private static final class Plain extends HttpServlet {
    private static final byte[] HELLO = "Hello, world!".getBytes();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain");
      response.setContentLength(HELLO.length);
      response.getOutputStream().write(HELLO);
    }
  }

  private static Wrapper servlet(Context context, String name) {
    Wrapper known = (Wrapper) context.findChild(name);
    if (known != null) {
      return known;
    }
    Wrapper servlet = Tomcat.addServlet(context, name, new WsgiServlet());
    servlet.setLoadOnStartup(1);
    context.addServletMappingDecoded("/" + name + "/*", name);
    return servlet;
  }

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = LocalTomcat.create(Files.createTempDirectory("workers"));
    tomcat.getConnector().setProperty("continueResponseTiming", "onRead");
    Context context = tomcat.addContext("/c", args[0]);
    context.addParameter("isthmus.engine", "cpython");
    servlet(context, "app");
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String[] name = args[i].substring(0, equals).split(":");
      String value = args[i].substring(equals + 1);
      if (name.length == 1) {
        context.addParameter(name[0], value);
      } else {
        servlet(context, name[0]).addInitParameter(name[1], value);
      }
    }
    Wrapper status = Tomcat.addServlet(context, "status", new StatusServlet());
    status.addInitParameter("isthmus.status.access", "loopback");
    status.addInitParameter("isthmus.health.access", "loopback");
    context.addServletMappingDecoded("/isthmus/*", "status");
    Tomcat.addServlet(context, "plain", new Plain());
    context.addServletMappingDecoded("/plain", "plain");
    LocalTomcat.run(tomcat);
  }
}
