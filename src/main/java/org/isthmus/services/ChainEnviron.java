// What Python has changed in environ before it calls the rest of a filter chain.
package org.isthmus.services;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.isthmus.exchange.CgiVariable;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Octets;

/** Headers, REMOTE_USER and AUTH_TYPE. Method, path and query are the client's. */
public final class ChainEnviron {
  private ChainEnviron() {}

  /** Returns true if a change of this key also changes the request that Java code gets. */
  public static boolean isShown(String key) {
    return isHeader(key) || key.equals("REMOTE_USER") || key.equals("AUTH_TYPE");
  }

  private static boolean isHeader(String key) {
    return key.startsWith("HTTP_") || key.equals("CONTENT_TYPE") || key.equals("CONTENT_LENGTH");
  }

  /**
   * Returns the request that Java code gets.
   *
   * @param environ the keys for which {@link #isShown} is true; values are octets (PEP 3333)
   */
  public static ChainRequest request(Exchange exchange, Map<String, String> environ) {
    ChainRequest request =
        new ChainRequest(exchange.request(), headers(exchange, environ), exchange::unreadable);
    String user = environ.get("REMOTE_USER");
    // The container last: each question may make Jetty authenticate.
    if (!Objects.equals(user, CgiVariable.REMOTE_USER.of(exchange))
        && !isContainers(exchange, user)) {
      // As octets in environ, and as text in Java.
      request.setUser(user == null ? null : Octets.readable(user), environ.get("AUTH_TYPE"));
    }
    return request;
  }

  /** Returns true for one whom Python has logged in. */
  private static boolean isContainers(Exchange exchange, String user) {
    String container = exchange.request().getRemoteUser();
    return container != null && Octets.of(container).equals(user);
  }

  /** Returns those that have been changed, by name in lower case; null for a removed one. */
  private static Map<String, String> headers(Exchange exchange, Map<String, String> environ) {
    Map<String, String> before = new HashMap<>();
    // As environ has them: X-User and X_User share a key.
    exchange.forEachHeader(
        (key, value) -> before.merge(key, value, (one, more) -> one + "," + more));
    put(before, "CONTENT_TYPE", CgiVariable.CONTENT_TYPE.of(exchange));
    put(before, "CONTENT_LENGTH", CgiVariable.CONTENT_LENGTH.of(exchange));
    Map<String, String> changed = new HashMap<>();
    before.forEach(
        (key, value) -> {
          String now = environ.get(key);
          if (!value.equals(now)) {
            changed.put(header(key), now);
          }
        });
    environ.forEach(
        (key, value) -> {
          // PEP 3333: CONTENT_TYPE and CONTENT_LENGTH may be empty, which is as good as absent.
          boolean isThere = key.startsWith("HTTP_") || !value.isEmpty();
          if (isHeader(key) && isThere && !before.containsKey(key)) {
            changed.put(header(key), value);
          }
        });
    return changed;
  }

  private static void put(Map<String, String> headers, String key, String value) {
    if (value != null) {
      headers.put(key, value);
    }
  }

  private static String header(String key) {
    String name = key.startsWith("HTTP_") ? key.substring(5) : key;
    return name.replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
