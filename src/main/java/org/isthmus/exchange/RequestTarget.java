// What a request, or an include of it, asks for: path and query, for environ and for the log.
package org.isthmus.exchange;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The target of a servlet request, as octets in latin-1 strings.
 *
 * <p><b>Threading.</b> One thread at a time, like its exchange.
 */
final class RequestTarget {
  final HttpServletRequest request;
  private final boolean included;
  private final Mount mount;
  private RequestPath path;

  /**
   * Reads a request's target when asked.
   *
   * @param mount divides the path
   */
  RequestTarget(HttpServletRequest request, Mount mount) {
    this(request, mount, Mount.isIncluded(request), null);
  }

  private RequestTarget(
      HttpServletRequest request, Mount mount, boolean included, RequestPath path) {
    this.request = request;
    this.mount = mount;
    this.included = included;
    this.path = path;
  }

  /** Returns a copy that stays readable when the container reuses its request. */
  RequestTarget copy() {
    EndedRequest ended = new EndedRequest(request, Mount.uri(request, included), query());
    return new RequestTarget(ended, mount, false, path());
  }

  /** Returns SCRIPT_NAME and PATH_INFO. */
  RequestPath path() {
    if (path == null) {
      path = mount.path(request, included);
    }
    return path;
  }

  /** Returns the path as sent. */
  String rawPath() {
    return Mount.rawPath(request, included);
  }

  /** Returns the query as sent, or null if there is none. */
  String queryString() {
    String query = query();
    return query == null ? null : Mount.sent(request, query);
  }

  private String query() {
    return included
        ? (String) request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING)
        : request.getQueryString();
  }

  /** Returns path and query as sent. */
  String uri() {
    return withQuery(rawPath());
  }

  /** Returns method, path and query, without the session, made safe for a log line. */
  String line() {
    return SafeText.escaped(request.getMethod() + " " + withQuery(SafeText.path(rawPath())));
  }

  private String withQuery(String uri) {
    String query = queryString();
    return query == null ? uri : uri + "?" + query;
  }
}
