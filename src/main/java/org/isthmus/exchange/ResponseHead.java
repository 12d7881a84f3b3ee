// The status and headers passed to start_response, checked and kept until the head goes out.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletResponse;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** One response's head (PEP 3333, "The start_response() Callable"). */
public final class ResponseHead {
  private static final boolean[] TOKEN = new boolean[128];

  static {
    String others = "!#$%&'*+-.^_`|~"; // RFC 9110, 5.6.2
    for (char c = 0; c < TOKEN.length; c++) {
      TOKEN[c] =
          (c >= '0' && c <= '9')
              || (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || others.indexOf(c) >= 0;
    }
  }

  private final int status;
  private final String[] fields; // name, value, name, value ...
  private int size;
  private int octets; // of names, values and separators
  private String contentType;
  private long contentLength = -1;

  /**
   * Checks a status line and makes room for headers.
   *
   * @param status for example {@code 200 OK}; the reason phrase is not sent, as servlets have none
   * @param headers how many headers will be added
   */
  public ResponseHead(String status, int headers) {
    this.status = code(status);
    this.fields = new String[2 * headers];
  }

  /**
   * Checks and adds one header.
   *
   * @param name a token, and not hop-by-hop
   * @param value octets without control characters
   */
  public void add(String name, String value) {
    checkName(name);
    checkValue(name, value);
    octets += name.length() + value.length() + 4;
    if (name.equalsIgnoreCase("content-length")) {
      contentLength = length(value);
    } else if (name.equalsIgnoreCase("content-type")) {
      contentType = value;
    } else {
      fields[size++] = name;
      fields[size++] = value;
    }
  }

  int status() {
    return status;
  }

  /** Returns roughly how many bytes the fields take. */
  int octets() {
    return octets;
  }

  /** Returns how many fields there are. */
  int fields() {
    return fields.length / 2;
  }

  /** Returns true if this response has no body (RFC 9110, 6.4.1): 204 and 304. */
  public boolean isBodiless() {
    return status == 204 || status == 304;
  }

  /** Returns the declared Content-Length, or -1; a 204 has none (RFC 9110, 8.6). */
  long contentLength() {
    return status == 204 ? -1 : contentLength;
  }

  /**
   * Passes the head to the container, which sends it with the first octets of the body.
   *
   * @param length Content-Length, declared or inferred, or -1
   */
  void apply(HttpServletResponse response, long length) {
    response.setStatus(status);
    if (contentType != null) {
      response.setContentType(contentType);
    }
    for (int i = 0; i < size; i += 2) {
      if (replacesContainers(fields[i])) {
        response.setHeader(fields[i], fields[i + 1]);
      } else {
        response.addHeader(fields[i], fields[i + 1]);
      }
    }
    if (length >= 0) {
      response.setContentLengthLong(length);
    }
  }

  /**
   * Containers set these themselves: Jetty sets Expires with the cookie of a session, Tomcat with
   * securePagesWithPragma. Duplicates would make the response malformed.
   */
  private static boolean replacesContainers(String name) {
    switch (name.length()) {
      case 4:
        return name.equalsIgnoreCase("date");
      case 6:
        return name.equalsIgnoreCase("server");
      case 7:
        return name.equalsIgnoreCase("expires");
      default:
        return false;
    }
  }

  private static int code(String status) {
    boolean wellFormed =
        status.length() >= 4
            && status.charAt(0) >= '2'
            && isDigit(status.charAt(0))
            && isDigit(status.charAt(1))
            && isDigit(status.charAt(2))
            && status.charAt(3) == ' '
            && !hasControl(status);
    if (!wellFormed) {
      throw new WsgiException(Rule.STATUS_MALFORMED, SafeText.quoted(status));
    }
    return 100 * (status.charAt(0) - '0')
        + 10 * (status.charAt(1) - '0')
        + (status.charAt(2) - '0');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void checkName(String name) {
    boolean token = !name.isEmpty();
    for (int i = 0; token && i < name.length(); i++) {
      token = name.charAt(i) < TOKEN.length && TOKEN[name.charAt(i)];
    }
    if (!token) {
      throw new WsgiException(Rule.HEADER_NAME, SafeText.quoted(name));
    }
    if (isHopByHop(name)) {
      throw new WsgiException(Rule.HOP_BY_HOP, SafeText.quoted(name));
    }
  }

  /** The list of wsgiref.util.is_hop_by_hop, which PEP 3333 refers to (RFC 2616, 13.5.1). */
  public static boolean isHopByHop(String name) {
    switch (name.length()) {
      case 2:
        return name.equalsIgnoreCase("te");
      case 7:
        return name.equalsIgnoreCase("upgrade") || name.equalsIgnoreCase("trailer");
      case 8:
        return name.equalsIgnoreCase("trailers");
      case 10:
        return name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
      case 17:
        return name.equalsIgnoreCase("transfer-encoding");
      case 18:
        return name.equalsIgnoreCase("proxy-authenticate");
      case 19:
        return name.equalsIgnoreCase("proxy-authorization");
      default:
        return false;
    }
  }

  private static void checkValue(String name, String value) {
    if (hasControl(value)) {
      throw new WsgiException(Rule.HEADER_VALUE, SafeText.quoted(name), SafeText.quoted(value));
    }
  }

  /** A tab is allowed in a field value (RFC 9110, 5.5). */
  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        return true;
      }
    }
    return false;
  }

  private long length(String value) {
    boolean decimal = !value.isEmpty() && value.length() <= 18 && contentLength < 0;
    for (int i = 0; decimal && i < value.length(); i++) {
      decimal = isDigit(value.charAt(i));
    }
    if (!decimal) {
      throw new WsgiException(Rule.CONTENT_LENGTH, SafeText.quoted(value));
    }
    return Long.parseLong(value);
  }
}
