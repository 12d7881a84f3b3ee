// The filter that runs a WSGI application for everything the container does not serve itself.
package org.isthmus;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.isthmus.deploy.StartFailure;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.WebSocketHandshake;
import org.isthmus.settings.FilterSettings;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/**
 * Serves static files and other servlets first, and the rest with a Python WSGI application.
 *
 * <p>Map it to {@code /*} in web.xml, with the init-param {@code isthmus.app}. It decides before
 * any dispatch who answers, so it never has to reset a response that has begun. SCRIPT_NAME is the
 * context path. With {@code isthmus.filter.chain=wsgi}, Python gets each request, and calls the
 * rest of the chain itself. Without web.xml: {@code context.addFilter("app", new
 * WsgiFilter("hello:application"))}.
 *
 * <p><b>Threading.</b> As any filter: {@code init} and {@code destroy} once, requests concurrently.
 */
public final class WsgiFilter implements Filter {
  private final Map<String, String> settings;
  private Gateway gateway;
  private ContainerFirst containerFirst;
  private boolean lendsChain;

  /** Creates a filter that is configured by web.xml and the other sources in docs/settings.md. */
  public WsgiFilter() {
    this(Map.of());
  }

  /**
   * Creates a filter for one application.
   *
   * @param app as {@code isthmus.app}: {@code package.module:callable}
   */
  public WsgiFilter(String app) {
    this(Map.of(SettingsTable.APP.name, app));
  }

  /**
   * Creates a filter with settings.
   *
   * @param settings names and values as in init-params; an init-param of the same name takes
   *     precedence
   */
  public WsgiFilter(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    Map<String, String> params = new HashMap<>(settings);
    for (String name : Collections.list(config.getInitParameterNames())) {
      params.put(name, config.getInitParameter(name));
    }
    ServletContext context = config.getServletContext();
    try {
      String component = Gateway.FILTER + config.getFilterName();
      Settings resolved = Settings.of(params, component, context);
      containerFirst = new ContainerFirst(context, resolved.get(FilterSettings.WELCOME));
      lendsChain = resolved.get(FilterSettings.CHAIN);
      // This must be the last thing that can fail: a filter whose init fails is never destroyed.
      gateway = Gateway.open(context, resolved, component);
    } catch (WsgiException e) {
      throw StartFailure.of(e, context);
    }
    if (!lendsChain) {
      containerFirst.warnIfShadowed();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest && response instanceof HttpServletResponse) {
      HttpServletRequest http = (HttpServletRequest) request;
      if (lendsChain) {
        gateway.serve(http, (HttpServletResponse) response, chain);
        return;
      }
      boolean isHandshake = WebSocketHandshake.is(http) && containerFirst.mayHaveEndpoint(http);
      if (!containerFirst.serves(http) && !isHandshake) {
        gateway.serve(http, (HttpServletResponse) response);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  @Override
  public void destroy() {
    if (gateway != null) {
      gateway.close();
    }
  }
}
