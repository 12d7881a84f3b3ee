// Detects whether browsers can download a file in the web application's public root.
package org.isthmus.settings;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds Python sources whose own URLs are not handled by Isthmus.
 *
 * <p>Mappings are resolved as the container does (Servlet 5.0, 12.1): an exact mapping, else the
 * longest prefix, else the extension, else the default. Only our own servlet is known to serve no
 * files; our filter leaves files to the container. A security-constraint may deny access to what is
 * found here, but the servlet API does not show it.
 */
final class ServedCode {
  /** By name: settings do not depend on their readers. */
  static final String OURS = "org.isthmus.WsgiServlet";

  private ServedCode() {}

  /**
   * Returns the first source in a directory that something else may serve, or null.
   *
   * @param source the path of a file, from the context root
   */
  static String beside(String source, ServletContext context) {
    Collection<? extends ServletRegistration> servlets;
    try {
      servlets = context.getServletRegistrations().values();
    } catch (UnsupportedOperationException e) {
      return null; // a listener registered in code may not ask; the servlet will
    }
    String directory = source.substring(0, source.lastIndexOf('/') + 1);
    Set<String> candidates = new TreeSet<>();
    Set<String> entries = context.getResourcePaths(directory);
    if (entries != null) {
      entries.stream().filter(ServedCode::isPython).forEach(candidates::add);
    }
    if (isServed(source, servlets)) {
      return source;
    }
    return candidates.stream().filter(path -> isServed(path, servlets)).findFirst().orElse(null);
  }

  private static boolean isPython(String path) {
    return path.endsWith(".py") || path.endsWith(".pyc") || path.endsWith("$py.class");
  }

  private static boolean isServed(String path, Collection<? extends ServletRegistration> servlets) {
    ServletRegistration servlet = servlet(path, servlets);
    return servlet == null || !OURS.equals(servlet.getClassName());
  }

  /** Returns the servlet mapped to a path; null for the container's own default servlet. */
  private static ServletRegistration servlet(
      String path, Collection<? extends ServletRegistration> servlets) {
    ServletRegistration best = null;
    int bestRank = -1;
    for (ServletRegistration servlet : servlets) {
      for (String pattern : servlet.getMappings()) {
        int rank = rank(pattern, path);
        if (rank > bestRank) {
          best = servlet;
          bestRank = rank;
        }
      }
    }
    return best;
  }

  /** Ranks the patterns that match a path; -1 if this one does not. */
  private static int rank(String pattern, String path) {
    if (pattern.equals(path)) {
      return Integer.MAX_VALUE;
    }
    if (pattern.endsWith("/*")) {
      String prefix = pattern.substring(0, pattern.length() - 2);
      boolean within = path.startsWith(prefix + "/") || path.equals(prefix);
      return within ? 2 + prefix.length() : -1;
    }
    if (pattern.startsWith("*.")) {
      return path.endsWith(pattern.substring(1)) ? 1 : -1;
    }
    return pattern.equals("/") ? 0 : -1;
  }
}
