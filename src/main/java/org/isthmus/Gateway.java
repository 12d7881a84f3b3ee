// What a servlet and a filter have in common: settings, mount, application, one call per request.
package org.isthmus;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Mount;
import org.isthmus.exchange.Observer;
import org.isthmus.metrics.Monitoring;
import org.isthmus.source.AppSource;
import org.isthmus.source.SharedApp;

/**
 * One mounted application, open from init to destroy.
 *
 * <p><b>Threading.</b> Immutable; {@link #serve} is called by any number of threads.
 */
final class Gateway {
  private final Deployment deployment;
  private final AppSource source;
  private final Mount mount;
  private final Observer observer;

  private Gateway(Deployment deployment, AppSource source, Mount mount, Observer observer) {
    this.deployment = deployment;
    this.source = source;
    this.mount = mount;
    this.observer = observer;
  }

  /**
   * Loads the application of a servlet.
   *
   * <p>Tomcat starts a web application although a servlet in it has failed, and makes the servlet
   * anew for each request. Such a second one answers 503 and does not try again.
   *
   * @throws ServletException if it cannot be loaded and the deployment is to fail
   */
  static Gateway open(Servlet servlet, Map<String, String> params) throws ServletException {
    ServletConfig config = servlet.getServletConfig();
    ServletContext context = config.getServletContext();
    String failed = "org.isthmus.failed." + config.getServletName();
    if (context.getAttribute(failed) != null) {
      return new Gateway(null, new SharedApp(new FailedApp("")), noMount(context), Observer.NONE);
    }
    try {
      String name = "servlet " + config.getServletName();
      return load(context, Settings.of(params, context, servlet), false, name);
    } catch (WsgiException e) {
      context.setAttribute(failed, true);
      throw StartFailure.of(e, context);
    }
  }

  /**
   * Loads the application of a filter, which has the whole context as its mount.
   *
   * @throws WsgiException if it cannot be loaded and the deployment is to fail
   */
  static Gateway open(ServletContext context, Settings settings, String name) {
    return load(context, settings, true, "filter " + name);
  }

  private static Mount noMount(ServletContext context) {
    return new Mount(context, false, -1, Mount.UnderscoreHeaders.DROP, Set.of());
  }

  private static Gateway load(
      ServletContext context, Settings settings, boolean filter, String component) {
    Mount mount =
        new Mount(
            context,
            filter,
            settings.get(SettingsTable.MAX_BODY),
            settings.get(SettingsTable.UNDERSCORE_HEADERS),
            settings.get(SettingsTable.UNDERSCORE_ALLOWED));
    Deployment deployment = Deployment.join(context);
    try {
      AppSource source = deployment.load(settings);
      Monitoring.of(context).show(component, settings.shown());
      return new Gateway(deployment, source, mount, deployment.observer(settings));
    } catch (WsgiException e) {
      deployment.leave();
      throw e;
    }
  }

  /** Answers one request. */
  void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Exchange exchange = new Exchange(request, response, mount, observer);
    exchange.begin();
    try (AppSource.Lease lease = source.borrow()) {
      exchange.call();
      lease.app().handle(exchange);
    } finally {
      exchange.end();
    }
  }

  void close() {
    if (deployment != null) {
      deployment.leave();
    }
  }
}
