// Imports the application when the web application is deployed, before any servlet or filter.
package org.isthmus;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Map;
import org.isthmus.errors.WsgiException;

/**
 * Loads the application of the context-param {@code isthmus.app} at deployment.
 *
 * <p>The servlet or filter for the same application then finds it loaded. If it cannot be loaded
 * the deployment fails, with the Python traceback in the container's log; with {@code
 * isthmus.init.error=503} the deployment goes on and serves 503.
 *
 * <pre>{@code
 * <listener>
 *   <listener-class>org.isthmus.WsgiContextListener</listener-class>
 * </listener>
 * }</pre>
 */
public final class WsgiContextListener implements ServletContextListener {
  private Deployment deployment;

  /** Creates the listener; the container does. */
  public WsgiContextListener() {}

  /**
   * Loads the application.
   *
   * @throws IllegalStateException if it cannot be loaded and the deployment is to fail
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    try {
      Settings settings = Settings.of(Map.of(), context);
      deployment = Deployment.join(context);
      deployment.load(settings);
    } catch (WsgiException e) {
      contextDestroyed(event);
      throw new IllegalStateException(StartFailure.of(e, context).getMessage());
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (deployment != null) {
      deployment.leave();
      deployment = null;
    }
  }
}
