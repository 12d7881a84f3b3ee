// What a request, or an include of it, asks for: path and query, for environ and for the log.
package org.isthmus.exchange;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

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
  private boolean guarding;
  private boolean hasUser;
  private String remoteUser;
  private String authType;

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
    RequestTarget copy = new RequestTarget(ended, mount, false, path());
    copy.hasUser = hasUser;
    copy.remoteUser = remoteUser;
    copy.authType = authType;
    return copy;
  }

  /** Keeps who has logged in as it is now: environ is about the beginning of the request. */
  void keepUser() {
    if (!hasUser) {
      remoteUser = request.getRemoteUser();
      // Without a user, each question makes Jetty try to authenticate.
      authType = remoteUser == null ? null : request.getAuthType();
      hasUser = true;
    }
  }

  /** Returns REMOTE_USER as text, or null. */
  String remoteUser() {
    return hasUser ? remoteUser : request.getRemoteUser();
  }

  /** Returns AUTH_TYPE, or null. */
  String authType() {
    return hasUser ? authType : request.getAuthType();
  }

  /** Returns SCRIPT_NAME and PATH_INFO. */
  RequestPath path() {
    if (path == null) {
      RequestPath sent = mount.path(request, included);
      String mapped = guarding ? mapped() : null;
      path = mapped == null ? sent : sent.asMapped(mapped);
    }
    return path;
  }

  /** Makes PATH_INFO the path that the container has mapped, because Python guards that. */
  void guard() {
    guarding = true;
  }

  /**
   * Throws if Python would guard another path than the container serves.
   *
   * @throws WsgiException if the container does not know which path it has mapped
   */
  void requireMapped() {
    if (guarding && mapped() == null) {
      throw new WsgiException(Rule.CHAIN_PATH);
    }
  }

  /** Returns the path below the context; null for an ambiguous one, which Jetty does not decode. */
  private String mapped() {
    try {
      return Octets.utf8(Mount.containerPath(request));
    } catch (IllegalArgumentException e) {
      return null;
    }
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
