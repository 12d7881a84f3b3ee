// The servlet that shows operators and orchestrators the state of a web application.
package org.isthmus;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.isthmus.deploy.StartFailure;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Mount;
import org.isthmus.metrics.Monitoring;
import org.isthmus.metrics.OpenMetrics;
import org.isthmus.metrics.StatusPage;
import org.isthmus.metrics.StatusReport;
import org.isthmus.settings.Access;
import org.isthmus.settings.MonitoringSettings;
import org.isthmus.settings.Setting;
import org.isthmus.settings.Settings;

/**
 * Answers {@code health}, {@code ready}, {@code metrics} and {@code status} to clients with access.
 *
 * <pre>{@code
 * <servlet>
 *   <servlet-name>isthmus</servlet-name>
 *   <servlet-class>org.isthmus.StatusServlet</servlet-class>
 * </servlet>
 * <servlet-mapping>
 *   <servlet-name>isthmus</servlet-name>
 *   <url-pattern>/isthmus/*</url-pattern>
 * </servlet-mapping>
 * }</pre>
 *
 * <p>The last part of the path selects the page, wherever the servlet is mapped. By default, nobody
 * has access; {@code isthmus.health.access}, {@code isthmus.status.access} and {@code
 * isthmus.metrics.access} grant it. Anyone without access gets 404.
 *
 * <p><b>Threading.</b> As any servlet.
 */
public final class StatusServlet extends HttpServlet {
  private transient Access health = Access.OFF;
  private transient Access status = Access.OFF;
  private transient Access metrics = Access.OFF;
  private transient String role;
  private transient StatusPage page;
  private transient Map<String, String> about;

  /** Called by the container. */
  public StatusServlet() {}

  @Override
  public void init() throws ServletException {
    Map<String, String> params = new HashMap<>();
    for (String name : Collections.list(getServletConfig().getInitParameterNames())) {
      params.put(name, getInitParameter(name));
    }
    ServletContext context = getServletContext();
    try {
      Settings settings = Settings.of(params, Gateway.SERVLET + getServletName(), context);
      health = settings.get(MonitoringSettings.HEALTH_ACCESS);
      status = settings.get(MonitoringSettings.STATUS_ACCESS);
      Access own = settings.get(MonitoringSettings.METRICS_ACCESS);
      metrics = own == null ? status : own;
      role = settings.get(MonitoringSettings.STATUS_ROLE);
      requireRole(MonitoringSettings.STATUS_ACCESS, status);
      requireRole(MonitoringSettings.METRICS_ACCESS, metrics);
    } catch (WsgiException e) {
      throw StartFailure.of(e, context);
    }
    page = new StatusPage();
    about = new LinkedHashMap<>();
    about.put("context", Mount.displayPath(context));
    about.put("isthmus", String.valueOf(getClass().getPackage().getImplementationVersion()));
    about.put("server", context.getServerInfo());
    about.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  private void requireRole(Setting<Access> setting, Access access) {
    if (access == Access.ROLE && role == null) {
      throw new WsgiException(Rule.STATUS_ROLE_MISSING, setting.name);
    }
  }

  /** Anyone without access gets 404, whatever the method. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!access(asked(request)).allows(request, role)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    String method = request.getMethod();
    if (method.equals("GET") || method.equals("HEAD")) {
      super.service(request, response);
      return;
    }
    // Nothing can be changed here (RFC 9110, 10.2.1).
    response.setHeader("Allow", "GET, HEAD, OPTIONS");
    if (!method.equals("OPTIONS")) {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
  }

  private Access access(String asked) {
    switch (asked) {
      case "health":
      case "ready":
        return health;
      case "metrics":
        return metrics;
      default:
        return status;
    }
  }

  /** GET and, through it, HEAD. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    answer(asked(request), response);
  }

  private static String asked(HttpServletRequest request) {
    String uri = request.getRequestURI().replaceFirst(";.*", "");
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private void answer(String asked, HttpServletResponse response) throws IOException {
    Monitoring monitoring = Monitoring.of(getServletContext());
    switch (asked) {
      case "health":
        send(response, "text/plain", "alive\n");
        break;
      case "ready":
        ready(response, monitoring.isReady());
        break;
      case "":
      case "status":
        response.setHeader("Content-Security-Policy", page.policy());
        response.setHeader("Referrer-Policy", "no-referrer");
        send(response, "text/html", page.html());
        break;
      case "status.json":
        send(response, "application/json", StatusReport.of(monitoring, about));
        break;
      case "metrics":
        send(response, OpenMetrics.TYPE, OpenMetrics.of(monitoring, about.get("context")));
        break;
      case "modules.json":
        send(response, "application/json", StatusReport.modules(monitoring));
        break;
      default:
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  /** No error page: the client is a program, and its log shows the text. */
  private static void ready(HttpServletResponse response, boolean isReady) throws IOException {
    if (!isReady) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    send(response, "text/plain", isReady ? "ready\n" : "not ready\n");
  }

  private static void send(HttpServletResponse response, String type, String text)
      throws IOException {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    response.setContentType(type + ";charset=utf-8");
    response.setContentLength(octets.length);
    response.getOutputStream().write(octets);
  }

  @Override
  public String getServletInfo() {
    return "Isthmus: health, readiness and status of a web application";
  }
}
