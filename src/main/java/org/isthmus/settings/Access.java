// Who may see what a servlet reveals about the web application.
package org.isthmus.settings;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** The choices. */
public enum Access {
  /** Nobody. */
  OFF,
  /** Clients on this machine. */
  LOOPBACK,
  /** Users who are logged in and have a role. */
  ROLE,
  /** Anyone. */
  ALL;

  /** A request with one of these headers has passed a proxy, so its real origin is unknown. */
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  static Access of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * Returns true if a request has access.
   *
   * @param role that of {@link #ROLE}; null for the others
   */
  public boolean allows(HttpServletRequest request, String role) {
    switch (this) {
      case LOOPBACK:
        return isLocal(request);
      case ROLE:
        return request.isUserInRole(role);
      case ALL:
        return true;
      default:
        return false;
    }
  }

  /**
   * Both ends of the socket must be this machine's own. A valve or customizer may have replaced the
   * client's address with a header's value, but not the server's, and a loopback address can only
   * be reached from this machine (RFC 1122, 3.2.1.3). Requests through a proxy on this machine have
   * no access if the proxy adds a header such as X-Forwarded-For.
   */
  private static boolean isLocal(HttpServletRequest request) {
    return isLoopback(request.getLocalAddr())
        && isLoopback(request.getRemoteAddr())
        && isLocalName(request.getServerName())
        && OF_PROXIES.stream().allMatch(name -> request.getHeader(name) == null);
  }

  /** The browser's Host header belongs to the page: another site's page may have led it here. */
  private static boolean isLocalName(String host) {
    return host != null && (host.equalsIgnoreCase("localhost") || isLoopback(host));
  }

  private static boolean isLoopback(String address) {
    // Only a literal address: a name would be looked up.
    if (address == null || !address.matches("[0-9.]+|.*:.*")) {
      return false;
    }
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
