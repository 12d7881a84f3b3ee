// Imports the applications when the web application is deployed, before any servlet or filter.
package org.isthmus;

import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.isthmus.deploy.Deployment;
import org.isthmus.deploy.StartFailure;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.ConcurrencySettings;
import org.isthmus.settings.ModjyParameters;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/**
 * Loads applications at deployment, one after the other: that of each {@link WsgiServlet} and
 * {@link WsgiFilter} with an init-param {@code isthmus.app}, else that of the context-param or the
 * one found by convention.
 *
 * <p>The servlets and filters then find their applications loaded. If one cannot be loaded, the
 * deployment fails, with the Python traceback in the container's log; with {@code
 * isthmus.init.error=503}, the deployment continues and serves 503.
 *
 * <pre>{@code
 * <listener>
 *   <listener-class>org.isthmus.WsgiContextListener</listener-class>
 * </listener>
 * }</pre>
 */
public final class WsgiContextListener implements ServletContextListener {
  private Deployment deployment;

  /** Called by the container. */
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
      Map<String, Settings> wanted = wanted(context);
      deployment = Deployment.join(context);
      wanted.forEach((component, settings) -> deployment.load(settings, component));
    } catch (WsgiException e) {
      contextDestroyed(event);
      throw withoutStack(StartFailure.of(e, context));
    }
  }

  /** Without a stack, like StartFailure: containers log it below the cause. */
  private static IllegalStateException withoutStack(StartFailure failure) {
    IllegalStateException unchecked = new IllegalStateException(failure.getMessage());
    unchecked.setStackTrace(new StackTraceElement[0]);
    return unchecked;
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (deployment != null) {
      deployment.leave();
      deployment = null;
    }
  }

  /** Settings by component, if it has its own application; otherwise the web application's. */
  private static Map<String, Settings> wanted(ServletContext context) {
    Map<String, Settings> wanted = registered(context, WsgiContextListener::namesApp);
    if (wanted.isEmpty()) {
      Settings settings = Settings.of(Map.of(), "the listener", context);
      if (settings.get(ConcurrencySettings.OWN_INTERPRETER) || settings.modjy() != null) {
        wanted = registered(context, params -> true); // one each, not an unused one
      } else {
        wanted.put("", settings);
      }
    }
    return wanted;
  }

  private static Map<String, Settings> registered(
      ServletContext context, Predicate<Map<String, String>> which) {
    Map<String, Registration> all = new LinkedHashMap<>();
    context.getServletRegistrations().forEach((name, one) -> all.put(Gateway.SERVLET + name, one));
    context.getFilterRegistrations().forEach((name, one) -> all.put(Gateway.FILTER + name, one));
    Map<String, Settings> settings = new LinkedHashMap<>();
    all.forEach(
        (component, registration) -> {
          if (isOurs(registration) && which.test(registration.getInitParameters())) {
            Map<String, String> params = registration.getInitParameters();
            settings.put(component, Settings.of(params, component, context));
          }
        });
    return settings;
  }

  private static boolean isOurs(Registration registration) {
    String name = registration.getClassName();
    return WsgiServlet.class.getName().equals(name) || WsgiFilter.class.getName().equals(name);
  }

  private static boolean namesApp(Map<String, String> params) {
    return params.containsKey(SettingsTable.APP.name) || ModjyParameters.namesApp(params);
  }
}
