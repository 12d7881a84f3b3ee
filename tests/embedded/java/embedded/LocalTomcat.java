package embedded;

import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat on a free port of the loopback interface. */
final class LocalTomcat {
  private LocalTomcat() {}

  /**
   * Returns one that has not started, so that web applications can be added.
   *
   * @param base the directory for its files
   */
  static Tomcat create(Path base) {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    return tomcat;
  }

  /** Starts it, and stops it when the test says so. */
  static void run(Tomcat tomcat) throws Exception {
    tomcat.start();
    Program.run(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }
}
