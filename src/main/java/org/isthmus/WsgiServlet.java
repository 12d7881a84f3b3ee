// The servlet that runs a WSGI application.
package org.isthmus;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.isthmus.settings.SettingsTable;

/**
 * Serves a Python WSGI application at the paths it is mapped to.
 *
 * <pre>{@code
 * <servlet>
 *   <servlet-name>hello</servlet-name>
 *   <servlet-class>org.isthmus.WsgiServlet</servlet-class>
 *   <init-param>
 *     <param-name>isthmus.app</param-name>
 *     <param-value>hello:application</param-value>
 *   </init-param>
 *   <load-on-startup>1</load-on-startup>
 * </servlet>
 * }</pre>
 *
 * <p>Without web.xml: {@code context.addServlet("hello", new WsgiServlet("hello:application"))}.
 * All settings are in docs/settings.md.
 *
 * <p><b>Threading.</b> As any servlet: {@code init} and {@code destroy} once, requests
 * concurrently.
 */
public final class WsgiServlet extends HttpServlet {
  private final transient Map<String, String> settings;
  private transient Gateway gateway;

  /** Creates a servlet that is configured by web.xml and the other sources in docs/settings.md. */
  public WsgiServlet() {
    this(Map.of());
  }

  /**
   * Creates a servlet for one application.
   *
   * @param app as {@code isthmus.app}: {@code package.module:callable}
   */
  public WsgiServlet(String app) {
    this(Map.of(SettingsTable.APP.name, app));
  }

  /**
   * Creates a servlet with settings.
   *
   * @param settings names and values as in init-params; an init-param of the same name takes
   *     precedence
   */
  public WsgiServlet(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  @Override
  public void init() throws ServletException {
    Map<String, String> params = new HashMap<>(settings);
    for (String name : Collections.list(getServletConfig().getInitParameterNames())) {
      params.put(name, getInitParameter(name));
    }
    gateway = Gateway.open(this, params);
  }

  /** Passes every method to the application: OPTIONS, PATCH, PROPFIND and any other. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    gateway.serve(request, response);
  }

  @Override
  public void destroy() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Override
  public String getServletInfo() {
    return "Isthmus: Python WSGI applications in a servlet container";
  }
}
