package embedded;

import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.isthmus.WsgiServlet;

/** A complete program: an application on Python in a Tomcat. */
final class ShopInTomcat {
  private ShopInTomcat() {}

  // begin: main
  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("shop").toString());
    tomcat.setPort(Integer.getInteger("port", 8080));
    tomcat.getConnector().setProperty("address", "127.0.0.1");

    Context root = tomcat.addContext("", null);
    Wrapper python = Tomcat.addServlet(root, "python", new WsgiServlet("shop.web:application"));
    python.setLoadOnStartup(1);
    root.addServletMappingDecoded("/*", "python");

    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
    tomcat.start();
    System.out.println("listening " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      e.printStackTrace();
    }
  }
  // end: main
}
