package embedded;

import java.net.InetSocketAddress;
import org.eclipse.jetty.EE.servlet.ServletContextHandler;
import org.eclipse.jetty.EE.servlet.ServletHolder;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.isthmus.WsgiServlet;

/** A complete program: an application on Python in a Jetty; EE stands for ee10. */
final class ShopInJetty {
  private ShopInJetty() {}

  // begin: main
  public static void main(String[] args) throws Exception {
    int port = Integer.getInteger("port", 8080);
    Server server = new Server(new InetSocketAddress("127.0.0.1", port));

    ServletContextHandler root = new ServletContextHandler(ServletContextHandler.SESSIONS);
    root.setContextPath("/");
    ServletHolder python = new ServletHolder("python", new WsgiServlet("shop.web:application"));
    python.setInitOrder(1);
    root.addServlet(python, "/*");
    server.setHandler(root);

    server.setStopAtShutdown(true);
    server.start();
    NetworkConnector connector = (NetworkConnector) server.getConnectors()[0];
    System.out.println("listening " + connector.getLocalPort());
    server.join();
  }
  // end: main
}
