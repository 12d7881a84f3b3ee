// Imports the applications when the web application is deployed, before any servlet or filter.
package org.isthmus;

import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isthmus.errors.WsgiException;

/**
 * Loads applications at deployment, one after the other: that of each {@link WsgiServlet} and
 * {@link WsgiFilter} with an init-param {@code isthmus.app}, else that of the context-param or the
 * one found by convention.
 *
 * <p>The servlets and filters then find their applications loaded. If one cannot be loaded the
 * deployment fails, with the Python traceback in the container's log; with {@code
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
   * Loads the applications.
   *
   * @throws IllegalStateException if one cannot be loaded and the deployment is to fail
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    try {
      List<Settings> wanted = registered(context);
      if (wanted.isEmpty()) {
        wanted.add(Settings.of(Map.of(), context));
      }
      deployment = Deployment.join(context);
      wanted.forEach(deployment::load);
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

  /** The settings of what web.xml registers with an application of its own. */
  private static List<Settings> registered(ServletContext context) {
    List<Registration> all = new ArrayList<>(context.getServletRegistrations().values());
    all.addAll(context.getFilterRegistrations().values());
    List<Settings> settings = new ArrayList<>();
    for (Registration registration : all) {
      Map<String, String> params = registration.getInitParameters();
      if ((params.containsKey(SettingsTable.APP.name) || ModjyParameters.namesApp(params))
          && (WsgiServlet.class.getName().equals(registration.getClassName())
              || WsgiFilter.class.getName().equals(registration.getClassName()))) {
        settings.add(Settings.of(params, context));
      }
    }
    return settings;
  }
}
