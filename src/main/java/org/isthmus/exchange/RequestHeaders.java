// The request's headers in the form environ needs: joined, and only safe ones.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** Header fields to {@code HTTP_} variables (RFC 3875, 4.1.18). */
final class RequestHeaders {
  private RequestHeaders() {}

  /**
   * Returns a header's values as one, or null if it was not sent.
   *
   * <p>Several lines are joined with a comma (RFC 9110, 5.3), cookies with a semicolon (RFC 9113,
   * 8.2.3).
   */
  static String joined(HttpServletRequest request, String name) {
    if (isHost(name) && isFramed(request)) {
      return authority(request);
    }
    String value = asSent(request, name);
    return value != null && name.length() == 17 && name.equalsIgnoreCase("transfer-encoding")
        ? undecoded(value)
        : value;
  }

  private static String asSent(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return null;
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return Octets.of(first);
    }
    String separator = name.equalsIgnoreCase("cookie") ? "; " : ",";
    StringBuilder all = new StringBuilder(first);
    while (values.hasMoreElements()) {
      all.append(separator).append(values.nextElement());
    }
    return Octets.of(all.toString());
  }

  private static boolean isHost(String name) {
    return name.length() == 4 && name.equalsIgnoreCase("host");
  }

  /** Returns true if the request may have a body without Content-Length. */
  static boolean mayHaveMore(HttpServletRequest request) {
    return request.getHeader("Transfer-Encoding") != null || isFramed(request);
  }

  /** True for HTTP/2 and what comes after it, where a message ends by its frames. */
  static boolean isFramed(HttpServletRequest request) {
    String protocol = request.getProtocol();
    return protocol != null && !protocol.startsWith("HTTP/1") && !protocol.startsWith("HTTP/0");
  }

  /** Removes {@code chunked}, which the container has decoded already (RFC 9112, 7.1.3). */
  private static String undecoded(String codings) {
    int last = codings.lastIndexOf(',') + 1;
    if (!codings.substring(last).strip().equalsIgnoreCase("chunked")) {
      return codings;
    }
    String rest = codings.substring(0, Math.max(0, last - 1)).strip();
    return rest.isEmpty() ? null : rest;
  }

  /**
   * Returns Host for a request that has {@code :authority} (RFC 9113, 8.3.1), which containers show
   * as the server's name alone. A Host field beside it is ignored.
   */
  private static String authority(HttpServletRequest request) {
    String name = request.getServerName();
    if (name == null || name.isEmpty()) {
      return null;
    }
    String host = name.indexOf(':') < 0 || name.startsWith("[") ? name : "[" + name + "]";
    int port = request.getServerPort();
    int usual = request.getScheme().equals("https") ? 443 : 80;
    return Octets.of(port <= 0 || port == usual ? host : host + ":" + port);
  }

  /** Passes each header that becomes a variable on, as sent name and joined value. */
  static void forEach(HttpServletRequest request, Mount mount, BiConsumer<String, String> sink) {
    boolean hasHost = false;
    Enumeration<String> names = request.getHeaderNames();
    while (names != null && names.hasMoreElements()) {
      String name = names.nextElement();
      hasHost |= isHost(name);
      if (!isReserved(name) && mount.admits(name)) {
        String value = joined(request, name);
        if (value != null) {
          sink.accept(name, value);
        }
      }
    }
    String host = hasHost || !isFramed(request) ? null : authority(request);
    if (host != null) {
      sink.accept("host", host);
    }
  }

  /**
   * True for the headers without an {@code HTTP_} variable: the two that CGI names otherwise (RFC
   * 3875, 4.1.18), and Proxy, which programs would mistake for the variable HTTP_PROXY (httpoxy,
   * CVE-2016-5385).
   */
  static boolean isReserved(String name) {
    switch (name.length()) {
      case 5:
        return name.equalsIgnoreCase("proxy");
      case 12:
        return name.equalsIgnoreCase("content-type") || name.equalsIgnoreCase("content_type");
      case 14:
        return name.equalsIgnoreCase("content-length") || name.equalsIgnoreCase("content_length");
      default:
        return false;
    }
  }

  /**
   * Throws if Content-Length is not a single number (RFC 9110, 8.6). Containers check this in
   * HTTP/1. In HTTP/2, Tomcat checks the length only when the first octets arrive, while the
   * application already runs on another thread; Jetty accepts a sign.
   */
  static void requireLength(HttpServletRequest request) {
    if (!isFramed(request)) {
      return;
    }
    Enumeration<String> values = request.getHeaders("Content-Length");
    if (values == null || !values.hasMoreElements()) {
      return;
    }
    String length = values.nextElement();
    if (values.hasMoreElements() || !isNumber(length)) {
      StringBuilder all = new StringBuilder(length);
      values.asIterator().forEachRemaining(value -> all.append(", ").append(value));
      throw new WsgiException(Rule.LENGTH_REFUSED, SafeText.quoted(Octets.of(all.toString())));
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Throws if a header name contains an underscore and such requests are refused. */
  static void refuseUnderscores(HttpServletRequest request, Mount mount) {
    Enumeration<String> names = mount.refusesUnderscores() ? request.getHeaderNames() : null;
    while (names != null && names.hasMoreElements()) {
      String name = names.nextElement();
      if (!mount.admits(name)) {
        throw new WsgiException(Rule.UNDERSCORE_REFUSED, "'" + Octets.of(name) + "'");
      }
    }
  }

  /** Returns the variable's name for a header: {@code HTTP_X_FOO} for {@code X-Foo}. */
  static String variable(String header) {
    return "HTTP_" + Octets.of(header).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
