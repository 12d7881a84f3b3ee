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

  /** Passes on each header that becomes a variable, as its name was sent, with the joined value. */
  static void forEach(HttpServletRequest request, Mount mount, BiConsumer<String, String> sink) {
    Enumeration<String> names = request.getHeaderNames();
    while (names != null && names.hasMoreElements()) {
      String name = names.nextElement();
      if (!isReserved(name) && mount.admits(name)) {
        String value = joined(request, name);
        if (value != null) {
          sink.accept(name, value);
        }
      }
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

  /** Throws if a header name contains an underscore and such requests are refused. */
  static void refuseUnderscores(HttpServletRequest request, Mount mount) {
    Enumeration<String> names = request.getHeaderNames();
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
