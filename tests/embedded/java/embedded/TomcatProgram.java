package embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A program with a Tomcat in it. */
final class TomcatProgram {
  private TomcatProgram() {}

  public static void main(String[] args) throws Exception {
    Path base = Files.createTempDirectory("embedded");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");

    Context root = tomcat.addContext("", null);
    Tomcat.addServlet(root, "all", Contexts.byName());
    root.addServletMappingDecoded("/*", "all");

    Context registered = tomcat.addContext("/registered/nested", null);
    registered.addServletContainerInitializer(new Contexts.Initializer(), Set.of());
    registered.addApplicationListener(Contexts.Listener.class.getName());
    // A Tomcat context asks no filter where no servlet is mapped.
    Tomcat.addServlet(registered, "default", "org.apache.catalina.servlets.DefaultServlet");
    registered.addServletMappingDecoded("/", "default");

    tomcat.start();
    Program.run(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }
}
