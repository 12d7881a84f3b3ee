// Decides, before any dispatch, whether a filtered request belongs to the container.
package org.isthmus;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.net.MalformedURLException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Mount;

/**
 * A request belongs to the container if another servlet is mapped to its path, or if the
 * container's default servlet has a file for it. No request is dispatched just to find out.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class ContainerFirst {
  /** The name of the servlet for static files, the same in Tomcat and Jetty. */
  private static final String DEFAULT_SERVLET = "default";

  private static final String STAND_IN = "ServletHandler$Default404Servlet";

  private final ServletContext context;
  private final List<String> welcomeFiles;

  ContainerFirst(ServletContext context, List<String> welcomeFiles) {
    this.context = context;
    this.welcomeFiles = welcomeFiles;
  }

  /** Returns true if the request should continue along the filter chain. */
  boolean serves(HttpServletRequest request) {
    HttpServletMapping mapping = Mount.mapping(request);
    String servlet = mapping == null ? null : mapping.getServletName();
    if (servlet == null || servlet.isEmpty() || isStandIn(mapping)) {
      return false;
    }
    if (!isDefault(mapping)) {
      return true;
    }
    String method = request.getMethod();
    return (method.equals("GET") || method.equals("HEAD")) && isFile(path(request));
  }

  /**
   * Returns true if there may be a WebSocket endpoint behind the last filter, where Tomcat has
   * them. False for a directory: otherwise, a handshake's header would get its listing from the
   * container without Python's login.
   */
  boolean mayHaveEndpoint(HttpServletRequest request) {
    String path = path(request);
    return hasEndpoints() && path.startsWith("/") && !path.endsWith("/") && !isDirectory(path);
  }

  /** Looks for the attribute of Jakarta WebSocket 2.1 (6.4), whatever the namespace. */
  private boolean hasEndpoints() {
    return Collections.list(context.getAttributeNames()).stream()
        .anyMatch(name -> name.endsWith(".websocket.server.ServerContainer"));
  }

  /** Tomcat reports no match if the default servlet has a directory's welcome file. */
  private static boolean isDefault(HttpServletMapping mapping) {
    MappingMatch match = mapping.getMappingMatch();
    return (match == null || match == MappingMatch.DEFAULT)
        && mapping.getServletName().equals(DEFAULT_SERVLET);
  }

  /** An embedded Jetty without a default servlet has one that answers 404 to everything. */
  private boolean isStandIn(HttpServletMapping mapping) {
    if (mapping.getMappingMatch() != MappingMatch.DEFAULT
        || mapping.getServletName().equals(DEFAULT_SERVLET)) {
      return false;
    }
    ServletRegistration servlet = context.getServletRegistration(mapping.getServletName());
    return servlet != null && servlet.getClassName().endsWith(STAND_IN);
  }

  /** Warns about a servlet that gets every request that the filter leaves. */
  void warnIfShadowed() {
    for (Map.Entry<String, ? extends ServletRegistration> servlet :
        context.getServletRegistrations().entrySet()) {
      if (!servlet.getKey().equals(DEFAULT_SERVLET)
          && servlet.getValue().getMappings().contains("/")) {
        System.getLogger("org.isthmus")
            .log(System.Logger.Level.WARNING, Rule.FILTER_SHADOWED.message(servlet.getKey()));
      }
    }
  }

  /** Returns the path that the default servlet will look for; empty if it is unknown. */
  private static String path(HttpServletRequest request) {
    try {
      return Mount.containerPath(request);
    } catch (IllegalArgumentException e) {
      return ""; // Jetty does not decode an ambiguous path, and serves no file for it
    }
  }

  private boolean isFile(String path) {
    if (!path.startsWith("/") || isBelow(path, "/web-inf") || isBelow(path, "/meta-inf")) {
      return false;
    }
    if (path.endsWith("/")) {
      return hasWelcomeFile(path);
    }
    if (!exists(path)) {
      return false;
    }
    // A directory without its slash: the container redirects to the welcome file's address.
    return !isDirectory(path) || hasWelcomeFile(path + "/");
  }

  private boolean isDirectory(String path) {
    Set<String> children = context.getResourcePaths(path + "/");
    return children != null && !children.isEmpty();
  }

  /** Compares whole segments: {@code /web-info.html} is an ordinary file. */
  private static boolean isBelow(String path, String directory) {
    return (path + "/").toLowerCase(Locale.ROOT).startsWith(directory + "/");
  }

  private boolean hasWelcomeFile(String directory) {
    for (String file : welcomeFiles) {
      if (exists(directory + file)) {
        return true;
      }
    }
    return false;
  }

  private boolean exists(String path) {
    try {
      return context.getResource(path) != null;
    } catch (MalformedURLException | IllegalArgumentException e) {
      return false;
    }
  }
}
