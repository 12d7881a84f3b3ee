package embedded;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.isthmus.StatusServlet;
import org.isthmus.WsgiBuilder;

/** A Tomcat with an application on the engine of the tests' own. */
final class ToyProgram {
  private ToyProgram() {}

  /** Has JMX reload, as an operator would. */
  private static final class Reload extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      try {
        ObjectName any = new ObjectName("org.isthmus:type=Application,*");
        Set<ObjectName> names = server.queryNames(any, null);
        Object outcome = server.invoke(names.iterator().next(), "reload", null, null);
        response.getWriter().print(outcome);
      } catch (JMException e) {
        throw new IOException(e);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = LocalTomcat.create(Files.createTempDirectory("toy"));
    Context context = tomcat.addContext("/toy", null);
    context.addParameter("isthmus.engine", args.length == 0 ? "toy" : args[0]);
    Tomcat.addServlet(
            context,
            "app",
            WsgiBuilder.app("toy")
                .set("isthmus.slow", "0.2")
                .set("isthmus.timeout", "1")
                .set("isthmus.max_concurrent", "1")
                .set("isthmus.queue_timeout", "0.1")
                .set("isthmus.request.max_body", "10")
                .servlet())
        .setLoadOnStartup(1);
    context.addServletMappingDecoded("/app/*", "app");
    StatusServlet status = new StatusServlet();
    Tomcat.addServlet(context, "status", status)
        .addInitParameter("isthmus.status.access", "loopback");
    context.addServletMappingDecoded("/isthmus/*", "status");
    Tomcat.addServlet(context, "reload", new Reload());
    context.addServletMappingDecoded("/reload", "reload");
    LocalTomcat.run(tomcat);
  }
}
