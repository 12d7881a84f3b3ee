// What a servlet and a filter have in common: settings, mount, application, one call per request.
package org.isthmus;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.isthmus.concurrency.AppSource;
import org.isthmus.concurrency.Gate;
import org.isthmus.concurrency.SharedSource;
import org.isthmus.deploy.Deployment;
import org.isthmus.deploy.FailedApp;
import org.isthmus.deploy.Mounted;
import org.isthmus.deploy.StartFailure;
import org.isthmus.engine.Unavailable;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Forward;
import org.isthmus.exchange.Mount;
import org.isthmus.settings.Access;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;
import org.isthmus.timeouts.WatchedRequest;

/**
 * One mounted application, open from init to destroy.
 *
 * <p><b>Threading.</b> Immutable; {@link #serve} is called by any number of threads.
 */
final class Gateway {
  /** Prefix for a servlet's name, because a filter may have the same name. */
  static final String SERVLET = "servlet ";

  static final String FILTER = "filter ";

  /** Retry-After when the web application stops: often it is about to be redeployed. */
  private static final long STOPPING_SECONDS = 5;

  private final Deployment deployment;
  private final Mounted mounted;
  private final Mount mount;
  private final Duration drain;
  private final Access debugPage;
  private final Gate gate = new Gate();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Refusals refusals = new Refusals();

  private Gateway(
      Deployment deployment, Mounted mounted, Mount mount, Duration drain, Access debugPage) {
    this.deployment = deployment;
    this.mounted = mounted;
    this.mount = mount;
    this.drain = drain;
    this.debugPage = debugPage;
  }

  /**
   * Loads the application of a servlet.
   *
   * <p>Tomcat starts a web application even if one of its servlets has failed, and then creates the
   * servlet again for each request. Such a second instance answers 503 and does not try again.
   *
   * @throws ServletException if it cannot be loaded and the deployment is to fail
   */
  static Gateway open(Servlet servlet, Map<String, String> params) throws ServletException {
    ServletConfig config = servlet.getServletConfig();
    ServletContext context = config.getServletContext();
    String failed = "org.isthmus.failed." + config.getServletName();
    if (context.getAttribute(failed) != null) {
      Mounted nothing = Mounted.of(new SharedSource(new FailedApp("", null)));
      return new Gateway(null, nothing, noMount(context), Duration.ZERO, Access.OFF);
    }
    try {
      String component = SERVLET + config.getServletName();
      return load(context, Settings.of(params, component, context), component, servlet);
    } catch (WsgiException e) {
      context.setAttribute(failed, true);
      throw StartFailure.of(e, context);
    }
  }

  /**
   * Loads the application of a filter, which is mounted at the context path.
   *
   * @param component "filter " and its name
   * @throws WsgiException if it cannot be loaded and the deployment is to fail
   */
  static Gateway open(ServletContext context, Settings settings, String component) {
    return load(context, settings, component, null);
  }

  private static Mount noMount(ServletContext context) {
    return new Mount(context, null, -1, Mount.UnderscoreHeaders.DROP, Set.of());
  }

  private static Gateway load(
      ServletContext context, Settings settings, String component, Servlet servlet) {
    Mount mount =
        new Mount(
            context,
            servlet,
            settings.get(SettingsTable.MAX_BODY),
            settings.get(SettingsTable.HOLD_BODY),
            settings.get(SettingsTable.UNDERSCORE_HEADERS),
            settings.get(SettingsTable.UNDERSCORE_ALLOWED));
    Deployment deployment = Deployment.join(context);
    boolean loaded = false;
    try {
      Mounted mounted = deployment.open(settings, component);
      Duration drain = settings.get(SettingsTable.DRAIN);
      Access debugPage = settings.get(SettingsTable.DEBUG_PAGE);
      Gateway gateway = new Gateway(deployment, mounted, mount, drain, debugPage);
      loaded = true;
      return gateway;
    } finally {
      if (!loaded) {
        deployment.leave();
      }
    }
  }

  /** Answers one request. */
  void serve(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    serve(request, response, null);
  }

  /**
   * Answers one request.
   *
   * @param chain the rest of the filter chain, for the application to call; null for none
   */
  void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = new Exchange(request, response, mount, mounted.observer);
    LentChain lent = chain == null ? null : new LentChain(chain);
    if (lent != null) {
      exchange.lend(lent);
    }
    if (debugPage.allows(request, null)) {
      exchange.explain();
    }
    boolean entered = gate.enter();
    try {
      // A request that a running request dispatches belongs to it.
      if (!entered && request.getDispatcherType() == DispatcherType.REQUEST) {
        exchange.refuse(STOPPING_SECONDS);
      } else if (mounted.watchdog == null) {
        answer(exchange);
      } else {
        answerInTime(exchange);
      }
      if (lent != null) {
        lent.end(exchange);
      }
      Forward.dispatch(exchange, request, response);
    } finally {
      if (entered) {
        gate.leave();
      }
    }
  }

  @SuppressWarnings("try") // the watch is closed, and nothing else is done with it
  private void answerInTime(Exchange exchange) throws IOException {
    try (WatchedRequest watch = mounted.watchdog.begin(exchange, mounted.limits)) {
      answer(exchange);
    }
  }

  private void answer(Exchange exchange) throws IOException {
    exchange.begin();
    try (AppSource.Lease lease = borrow(exchange)) {
      WsgiApp app = lease.app();
      exchange.runOn(app);
      app.handle(exchange);
    } catch (Unavailable e) {
      refuse(exchange, e);
    } finally {
      exchange.end();
    }
  }

  private AppSource.Lease borrow(Exchange exchange) {
    try {
      return mounted.source.borrow();
    } finally {
      exchange.times().endWait();
    }
  }

  private void refuse(Exchange exchange, Unavailable reason) throws IOException {
    if (exchange.isTimedOut()) {
      exchange.timeOut("\nIt was waiting for its application.");
    } else {
      refusals.log(exchange, reason);
      exchange.refuse(reason.seconds());
    }
  }

  /** Refuses new requests, lets running ones finish, and leaves the deployment. */
  void close() {
    if (deployment != null && !closed.getAndSet(true)) {
      gate.close();
      deployment.drain(gate, drain);
      deployment.leave();
    }
  }
}
