// What a servlet and a filter have in common: settings, mount, application, one call per request.
package org.isthmus;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Mount;
import org.isthmus.source.AppSource;

/**
 * One mounted application, open from init to destroy.
 *
 * <p><b>Threading.</b> Immutable; {@link #serve} is called by any number of threads.
 */
final class Gateway {
  private final Deployment deployment;
  private final AppSource source;
  private final Mount mount;

  private Gateway(Deployment deployment, AppSource source, Mount mount) {
    this.deployment = deployment;
    this.source = source;
    this.mount = mount;
  }

  /**
   * Loads the application.
   *
   * @param filter true for a filter, which has the whole context as its mount
   * @throws ServletException if it cannot be loaded and the deployment is to fail
   */
  static Gateway open(ServletContext context, Settings settings, boolean filter)
      throws ServletException {
    try {
      Mount mount =
          new Mount(
              context,
              filter,
              settings.get(SettingsTable.MAX_BODY),
              settings.get(SettingsTable.UNDERSCORE_HEADERS),
              settings.get(SettingsTable.UNDERSCORE_ALLOWED));
      Deployment deployment = Deployment.join(context);
      try {
        return new Gateway(deployment, deployment.load(settings), mount);
      } catch (WsgiException e) {
        deployment.leave();
        throw e;
      }
    } catch (WsgiException e) {
      throw new ServletException(e.getMessage(), e);
    }
  }

  /**
   * Reads the settings of one servlet or filter.
   *
   * @param servlet null for a filter
   */
  static Settings settings(ServletContext context, Map<String, String> initParams, Servlet servlet)
      throws ServletException {
    try {
      return Settings.of(initParams, context, servlet);
    } catch (WsgiException e) {
      throw new ServletException(e.getMessage(), e);
    }
  }

  /** Answers one request. */
  void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try (AppSource.Lease lease = source.borrow()) {
      lease.app().handle(new Exchange(request, response, mount));
    }
  }

  void close() {
    deployment.leave();
  }
}
