package embedded;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.isthmus.StatusServlet;
import org.isthmus.WsgiServlet;

/** A Tomcat with an application on CPython: a directory with WEB-INF, then settings. */
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

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = LocalTomcat.create(Files.createTempDirectory("workers"));
    tomcat.getConnector().setProperty("continueResponseTiming", "onRead");
    Context context = tomcat.addContext("/c", args[0]);
    context.addParameter("isthmus.engine", "cpython");
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      context.addParameter(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    Tomcat.addServlet(context, "app", new WsgiServlet()).setLoadOnStartup(1);
    context.addServletMappingDecoded("/app/*", "app");
    Tomcat.addServlet(context, "status", new StatusServlet())
        .addInitParameter("isthmus.status.access", "loopback");
    context.addServletMappingDecoded("/isthmus/*", "status");
    Tomcat.addServlet(context, "plain", new Plain());
    context.addServletMappingDecoded("/plain", "plain");
    LocalTomcat.run(tomcat);
  }
}
