// What a servlet and a filter have in common: settings, mount, application, one call per request.
package org.isthmus;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Mount;
import org.isthmus.source.AppSource;

/**
 * One mounted application, open from init to destroy.
 *
 * <p><b>Threading.</b> Immutable once open; {@link #serve} is called by any number of threads.
 */
final class Gateway {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final Deployment deployment;
  private final AppSource source; // null: the application did not start, and 503 is served
  private final Mount mount;

  private Gateway(Deployment deployment, AppSource source, Mount mount) {
    this.deployment = deployment;
    this.source = source;
    this.mount = mount;
  }

  /**
   * Loads the application.
   *
   * @throws ServletException if it cannot be loaded and the deployment is to fail
   */
  static Gateway open(ServletContext context, Map<String, String> initParams, boolean filter)
      throws ServletException {
    Deployment deployment = null;
    try {
      Settings settings = Settings.of(initParams, context);
      Mount mount =
          new Mount(
              context,
              filter,
              settings.get(SettingsTable.MAX_BODY),
              settings.get(SettingsTable.UNDERSCORE_HEADERS),
              settings.get(SettingsTable.UNDERSCORE_ALLOWED));
      boolean serve503 = settings.get(SettingsTable.INIT_ERROR_IS_503);
      try {
        deployment = Deployment.join(context, settings);
        return new Gateway(deployment, deployment.load(settings), mount);
      } catch (WsgiException e) {
        if (!serve503) {
          throw e;
        }
        LOG.log(System.Logger.Level.ERROR, Rule.INIT_FAILED.message(), e);
        return new Gateway(deployment, null, mount);
      }
    } catch (WsgiException e) {
      if (deployment != null) {
        deployment.leave();
      }
      throw new ServletException(e.getMessage(), e);
    }
  }

  /** Answers one request. */
  void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (source == null) {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    try (AppSource.Lease lease = source.borrow()) {
      lease.app().handle(new Exchange(request, response, mount));
    }
  }

  void close() {
    if (deployment != null) {
      deployment.leave();
    }
  }
}
