package embedded;

import java.net.URI;
import java.nio.file.Files;
import org.eclipse.jetty.EE.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An executable jar with a web application in a directory of it, which a Jetty serves. */
final class NestedInJetty {
  private NestedInJetty() {}

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);

    URI self = NestedInJetty.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    WebAppContext context = new WebAppContext();
    context.setContextPath("/");
    context.setWar("jar:" + self + "!/application/");
    context.setExtractWAR(false);
    // The jars of WEB-INF/lib, which no class loader reads where they are.
    context.setCopyWebInf(true);
    context.setTempDirectory(Files.createTempDirectory("embedded").toFile());
    context.setThrowUnavailableOnStartupException(true);
    server.setHandler(context);
    server.start();
    Program.run(connector.getLocalPort(), server::stop);
  }
}
