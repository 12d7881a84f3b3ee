package embedded;

import org.eclipse.jetty.EE.servlet.ServletContextHandler;
import org.eclipse.jetty.EE.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.isthmus.WsgiServlet;

/** A program with a Jetty in it; EE stands for ee8 or ee10. */
final class JettyProgram {
  private JettyProgram() {}

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);

    ServletContextHandler root = new ServletContextHandler();
    root.setContextPath("/");
    root.addServlet(new ServletHolder("all", new WsgiServlet("greeting:application")), "/*");

    ServletContextHandler registered = new ServletContextHandler();
    registered.setContextPath("/registered/nested");
    registered.addServletContainerInitializer(new Contexts.Initializer());
    registered.addEventListener(new Contexts.Listener());

    ContextHandlerCollection contexts = new ContextHandlerCollection();
    for (Object context : new Object[] {registered, root}) {
      contexts.addHandler(handler(context));
    }
    server.setHandler(contexts);
    server.start();
    Program.run(connector.getLocalPort(), server::stop);
  }

  /** In ee8 a context has a handler, in ee10 it is one. */
  private static Handler handler(Object context) throws ReflectiveOperationException {
    return context instanceof Handler
        ? (Handler) context
        : (Handler) context.getClass().getMethod("getCoreContextHandler").invoke(context);
  }
}
