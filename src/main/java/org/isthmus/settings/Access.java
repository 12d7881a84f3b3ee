// Who may see what a servlet says of the inside.
package org.isthmus.settings;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** A choice of those who may. */
public enum Access {
  /** Nobody. */
  OFF,
  /** Somebody on this machine. */
  LOOPBACK,
  /** Whoever is logged in with a role. */
  ROLE,
  /** Anybody. */
  ALL;

  /** A request that has one of these has passed a proxy, and is from who knows where. */
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  static Access of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * Returns true if a request is from somebody who may.
   *
   * @param role that of {@link #ROLE}; null else
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
   * The socket's two ends must be this machine's own. A valve or customizer may have put a header's
   * word in the place of the client's address, but not of the server's, and an address of the
   * loopback network comes by no other way (RFC 1122, 3.2.1.3). What has passed a proxy on this
   * machine is let in by none of this, if the proxy says so.
   */
  private static boolean isLocal(HttpServletRequest request) {
    return isLoopback(request.getLocalAddr())
        && isLoopback(request.getRemoteAddr())
        && isLocalName(request.getServerName())
        && OF_PROXIES.stream().allMatch(name -> request.getHeader(name) == null);
  }

  /** The Host that a browser sends is a page's own: a stranger's page may have led it here. */
  private static boolean isLocalName(String host) {
    return host != null && (host.equalsIgnoreCase("localhost") || isLoopback(host));
  }

  private static boolean isLoopback(String address) {
    // Only what is an address already: a name would be looked up.
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
