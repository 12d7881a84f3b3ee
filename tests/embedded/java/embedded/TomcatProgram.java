package embedded;

import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.isthmus.WsgiServlet;

/** A program with a Tomcat in it. */
final class TomcatProgram {
  private TomcatProgram() {}

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = LocalTomcat.create(Files.createTempDirectory("embedded"));

    Context root = tomcat.addContext("", null);
    Tomcat.addServlet(root, "all", new WsgiServlet("greeting:application"));
    root.addServletMappingDecoded("/*", "all");

    Context registered = tomcat.addContext("/registered/nested", null);
    registered.addServletContainerInitializer(new Contexts.Initializer(), Set.of());
    registered.addApplicationListener(Contexts.Listener.class.getName());
    // A Tomcat context asks no filter where no servlet is mapped.
    Tomcat.addServlet(registered, "default", "org.apache.catalina.servlets.DefaultServlet");
    registered.addServletMappingDecoded("/", "default");

    LocalTomcat.run(tomcat);
  }
}
