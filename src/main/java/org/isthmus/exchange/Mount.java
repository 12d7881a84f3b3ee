// Where an application is mounted, and the rules for its requests.
package org.isthmus.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.Set;

/**
 * The part of the URL space that one servlet or filter serves, and its rules for requests.
 *
 * <p><b>Threading.</b> Immutable; shared by all requests.
 */
public final class Mount {
  private static final String TOMCAT_VERSION = "org.apache.catalina.webappVersion";

  /** What to do with request headers whose names contain an underscore. */
  public enum UnderscoreHeaders {
    DROP,
    REFUSE,
    ALLOW
  }

  private static final long MAX_HELD = 1 << 30;

  private final ServletContext context;
  private final Servlet servlet;
  private final String contextPath;
  private final long maxBody;
  private final UnderscoreHeaders underscoreHeaders;
  private final Set<String> underscoreAllowed;
  private final long maxHeld;

  /**
   * Creates a mount.
   *
   * @param context the web application
   * @param servlet calls the application; null for a filter, whose SCRIPT_NAME is just the context
   *     path
   * @param maxBody the largest request body in bytes, or -1 for no limit
   * @param underscoreHeaders what to do with header names such as {@code X_Real_IP}
   * @param underscoreAllowed lower-case header names exempt from that
   */
  public Mount(
      ServletContext context,
      Servlet servlet,
      long maxBody,
      UnderscoreHeaders underscoreHeaders,
      Set<String> underscoreAllowed) {
    this(context, servlet, maxBody, 0, underscoreHeaders, underscoreAllowed);
  }

  /**
   * Creates a mount that reads bodies of unknown length ahead.
   *
   * @param maxHeld how many bytes of them at most, for an application that asks for CONTENT_LENGTH;
   *     -1 for as many as an array can have
   */
  public Mount(
      ServletContext context,
      Servlet servlet,
      long maxBody,
      long maxHeld,
      UnderscoreHeaders underscoreHeaders,
      Set<String> underscoreAllowed) {
    this.maxHeld = maxHeld < 0 ? MAX_HELD : Math.min(maxHeld, MAX_HELD);
    this.context = context;
    this.servlet = servlet;
    this.contextPath = Octets.percentDecoded(Octets.utf8(context.getContextPath()));
    this.maxBody = maxBody;
    this.underscoreHeaders = underscoreHeaders;
    this.underscoreAllowed = Set.copyOf(underscoreAllowed);
  }

  /**
   * Returns a web application's path for display: a slash for the root, and {@code /shop##2} where
   * Tomcat has several versions of one path, as Tomcat itself names them.
   */
  public static String displayPath(ServletContext context) {
    String path = context.getContextPath();
    Object version = context.getAttribute(TOMCAT_VERSION);
    boolean versioned = version instanceof String && !((String) version).isEmpty();
    return (path.isEmpty() ? "/" : path) + (versioned ? "##" + version : "");
  }

  /** Returns the web application. */
  public ServletContext context() {
    return context;
  }

  /** Returns the servlet that calls the application, or null. */
  public Servlet servlet() {
    return servlet;
  }

  /** Returns a request's (or an include's) path below the context, as the container decoded it. */
  public static String containerPath(HttpServletRequest request) {
    return containerPath(request, isIncluded(request));
  }

  /**
   * Returns how the container matched a request or an include of it; null for a dispatch by name.
   */
  public static HttpServletMapping mapping(HttpServletRequest request) {
    return mapping(request, isIncluded(request));
  }

  /** Returns true if Java code includes the application's response in its own, by path. */
  static boolean isIncluded(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.INCLUDE
        && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) != null;
  }

  private static HttpServletMapping mapping(HttpServletRequest request, boolean included) {
    return included
        ? (HttpServletMapping) request.getAttribute(RequestDispatcher.INCLUDE_MAPPING)
        : request.getHttpServletMapping();
  }

  long maxHeld() {
    return maxHeld;
  }

  long maxBody() {
    return maxBody;
  }

  /** Returns true if a header of this name may become a key of environ. */
  boolean admits(String header) {
    return underscoreHeaders == UnderscoreHeaders.ALLOW
        || header.indexOf('_') < 0
        || underscoreAllowed.contains(header.toLowerCase(java.util.Locale.ROOT));
  }

  /**
   * Returns true if environ may hold names with an underscore, so that hyphens have to be guessed.
   */
  public boolean namesAreAmbiguous() {
    return underscoreHeaders == UnderscoreHeaders.ALLOW || !underscoreAllowed.isEmpty();
  }

  boolean refusesUnderscores() {
    return underscoreHeaders == UnderscoreHeaders.REFUSE;
  }

  RequestPath path(HttpServletRequest request, boolean included) {
    String prefix = prefix(mapping(request, included));
    RequestPath path = RequestPath.divide(rawPath(request, included), prefix);
    if (path == null) {
      // A context reached by another name: an alias, or a container that ignores case. Decoded by
      // the container: a percent sign in it is literal.
      String decoded = Octets.utf8(containerPath(request, included)).replace("%", "%25");
      path = RequestPath.divide(contextPath + decoded, contextPath);
    }
    return path;
  }

  /** Returns the octets of the path as sent; what a container has decoded was UTF-8. */
  static String rawPath(HttpServletRequest request, boolean included) {
    return sent(request, uri(request, included));
  }

  /** In HTTP/2, Jetty hands the octets of a path over one by one, and decodes those of HTTP/1. */
  static String sent(HttpServletRequest request, String text) {
    String octets = Octets.utf8(text);
    return octets == text || !RequestHeaders.isFramed(request) ? octets : Octets.of(text);
  }

  /** Returns the path of the request, or of an include, as the container provides it. */
  static String uri(HttpServletRequest request, boolean included) {
    return included
        ? (String) request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI)
        : request.getRequestURI();
  }

  /**
   * SCRIPT_NAME is the part of the path that leads to the application: for {@code /prefix/*} and an
   * exact pattern, that pattern's path. An application mapped to {@code /}, {@code /*} or {@code
   * *.ext} owns the whole context, so its PATH_INFO begins after the context path
   * (docs/decisions/0003).
   */
  private String prefix(HttpServletMapping mapping) {
    if (servlet == null || mapping == null || mapping.getMappingMatch() == null) {
      return contextPath;
    }
    MappingMatch match = mapping.getMappingMatch();
    String pattern = mapping.getPattern();
    if (match == MappingMatch.PATH) {
      return pattern.length() == 2
          ? contextPath
          : contextPath + Octets.utf8(pattern.substring(0, pattern.length() - 2));
    }
    return match == MappingMatch.EXACT ? contextPath + Octets.utf8(pattern) : contextPath;
  }

  private static String containerPath(HttpServletRequest request, boolean included) {
    Object servletPath =
        included
            ? request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH)
            : request.getServletPath();
    Object pathInfo =
        included
            ? request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)
            : request.getPathInfo();
    return (servletPath == null ? "" : servletPath) + (pathInfo == null ? "" : "" + pathInfo);
  }
}
