// SCRIPT_NAME and PATH_INFO, derived from the raw request URI.
package org.isthmus.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The two halves of a request's path as octets (PEP 3333, "environ Variables"; RFC 3875, 4.1.5 and
 * 4.1.13).
 *
 * <p>The container's {@code getPathInfo} is unusable: it has lost the octets of invalid UTF-8, and
 * Jetty's throws on {@code %2F}. So the raw URI is divided here, at the end of the prefix that the
 * container matched. Dot segments are resolved as the container resolved them before it matched;
 * empty segments and path parameters stay in PATH_INFO, as on other WSGI servers.
 */
final class RequestPath {
  final String scriptName;
  final String pathInfo;

  private RequestPath(String scriptName, String pathInfo) {
    this.scriptName = scriptName;
    this.pathInfo = pathInfo;
  }

  /**
   * Divides a raw path.
   *
   * @param raw the request's path as sent, without query
   * @param prefix the octets of context path and mapped prefix, without trailing slash
   * @return null if the path does not begin with the prefix in any spelling
   */
  static RequestPath divide(String raw, String prefix) {
    String path = withoutAuthority(raw);
    if (isPlain(path) && path.startsWith(prefix) && endsSegment(path, prefix.length())) {
      return new RequestPath(prefix, Octets.of(path.substring(prefix.length())));
    }
    List<String> segments = resolved(path);
    int rest = skip(segments, prefix);
    if (rest < 0) {
      return null;
    }
    StringBuilder pathInfo = new StringBuilder(path.length());
    for (String segment : segments.subList(rest, segments.size())) {
      pathInfo.append('/').append(Octets.percentDecoded(segment));
    }
    return new RequestPath(prefix, pathInfo.toString());
  }

  /**
   * Returns this path with the PATH_INFO that a container has mapped: without path parameters and
   * empty segments, so that Python guards every spelling of a path.
   *
   * @param mapped octets; below a directory, Tomcat has the name of its welcome file there
   */
  RequestPath asMapped(String mapped) {
    boolean isWelcomeFile = pathInfo.endsWith("/") && mapped.startsWith(pathInfo);
    return isWelcomeFile ? this : new RequestPath(scriptName, mapped);
  }

  private static boolean endsSegment(String path, int at) {
    return at == path.length() || path.charAt(at) == '/';
  }

  /** True if nothing in the path needs decoding or resolving. */
  private static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' || (c == '/' && i + 1 < path.length() && isDotOrSlash(path.charAt(i + 1)))) {
        return false;
      }
    }
    return !path.isEmpty() && path.charAt(0) == '/';
  }

  private static boolean isDotOrSlash(char c) {
    return c == '.' || c == '/';
  }

  /**
   * Strips the authority of an absolute-form target (RFC 9112, 3.2.2), which some containers keep.
   */
  private static String withoutAuthority(String raw) {
    int authority = raw.startsWith("/") ? -1 : raw.indexOf("://");
    if (authority < 0) {
      return raw;
    }
    int path = raw.indexOf('/', authority + 3);
    return path < 0 ? "/" : raw.substring(path);
  }

  /** Returns the raw segments after the first slash, with dot segments resolved. */
  private static List<String> resolved(String path) {
    Deque<String> segments = new ArrayDeque<>();
    String[] parts = path.split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      String name = name(parts[i]);
      if (name.equals(".") || name.equals("..")) {
        if (name.equals("..")) {
          // Tomcat collapses empty segments before it resolves: "/a//../b" is "/b".
          while (!segments.isEmpty() && name(segments.peekLast()).isEmpty()) {
            segments.removeLast();
          }
          segments.pollLast();
        }
        if (last) {
          segments.addLast("");
        }
      } else {
        segments.addLast(parts[i]);
      }
    }
    return new ArrayList<>(segments);
  }

  /** Returns a segment's octets without its path parameters (RFC 3986, 3.3). */
  private static String name(String segment) {
    int parameters = segment.indexOf(';');
    return Octets.percentDecoded(parameters < 0 ? segment : segment.substring(0, parameters));
  }

  /** Returns how many segments spell the prefix, skipping empty ones, or -1. */
  private static int skip(List<String> segments, String prefix) {
    int at = 0;
    String[] wanted = prefix.split("/", -1);
    for (int i = 1; i < wanted.length; i++) {
      while (at < segments.size() && name(segments.get(at)).isEmpty()) {
        at++;
      }
      if (at == segments.size() || !name(segments.get(at)).equals(wanted[i])) {
        return -1;
      }
      at++;
    }
    return at;
  }
}
