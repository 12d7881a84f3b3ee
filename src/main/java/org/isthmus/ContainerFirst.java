// Decides, before anything is dispatched, whether a filtered request is the container's.
package org.isthmus;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.net.MalformedURLException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Mount;

/**
 * A request is the container's if another servlet is mapped to its path, or if the container's own
 * default servlet has a file for it. Nobody is asked by trial.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class ContainerFirst {
  /** The name of the servlet for static files, the same in Tomcat and Jetty. */
  private static final String DEFAULT_SERVLET = "default";

  private final ServletContext context;
  private final List<String> welcomeFiles;
  private final Mount mount;

  ContainerFirst(ServletContext context, List<String> welcomeFiles, Mount mount) {
    this.context = context;
    this.welcomeFiles = welcomeFiles;
    this.mount = mount;
  }

  /** Returns true if the request is to go on in the filter chain. */
  boolean serves(HttpServletRequest request) {
    HttpServletMapping mapping = Mount.mapping(request);
    if (mapping == null || mapping.getMappingMatch() == null) {
      return false;
    }
    if (mapping.getMappingMatch() != MappingMatch.DEFAULT
        || !DEFAULT_SERVLET.equals(mapping.getServletName())) {
      return true;
    }
    String method = request.getMethod();
    return (method.equals("GET") || method.equals("HEAD")) && isFile(path(request));
  }

  /** Warns of a servlet that takes every request which the filter leaves. */
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

  private String path(HttpServletRequest request) {
    byte[] octets = mount.pathInfo(request).getBytes(StandardCharsets.ISO_8859_1);
    return new String(octets, StandardCharsets.UTF_8);
  }

  private boolean isFile(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (!path.startsWith("/") || lower.startsWith("/web-inf") || lower.startsWith("/meta-inf")) {
      return false;
    }
    if (path.endsWith("/")) {
      return hasWelcomeFile(path);
    }
    if (!exists(path)) {
      return false;
    }
    Set<String> children = context.getResourcePaths(path + "/");
    boolean directory = children != null && !children.isEmpty();
    // A directory without its slash: the container redirects to the welcome file's address.
    return !directory || hasWelcomeFile(path + "/");
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
