// Encodes a request for a worker: the part of environ that is specific to the request.
package org.isthmus.engine.cpython;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.exchange.CgiVariable;
import org.isthmus.exchange.Exchange;

/**
 * Writes the keys of environ that differ between requests; the others are sent once, with the
 * application (isthmus_worker/service.py).
 *
 * <p><b>Threading.</b> Shared by all requests. The cache of keys is bounded, because clients choose
 * the names of headers.
 */
final class RequestEncoder {
  /** The variables that are the same for all requests. */
  static final Set<CgiVariable> CONSTANT =
      EnumSet.of(CgiVariable.GATEWAY_INTERFACE, CgiVariable.SERVER_SOFTWARE);

  private static final int MAX_KEYS = 500;

  private static final List<Key> ALWAYS = new ArrayList<>();
  private static final List<Key> SECURE = new ArrayList<>();
  private static final List<Key> ERROR = new ArrayList<>();
  private static final byte[] SCHEME = encoded("wsgi.url_scheme");

  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

  private static final class Key {
    final CgiVariable variable;
    final byte[] encoded;

    Key(CgiVariable variable) {
      this.variable = variable;
      this.encoded = RequestEncoder.encoded(variable.name());
    }
  }

  static {
    for (CgiVariable variable : CgiVariable.values()) {
      if (CONSTANT.contains(variable)) {
        continue;
      }
      boolean secure = variable == CgiVariable.HTTPS || variable.name().startsWith("SSL_");
      boolean error = variable.name().startsWith("REDIRECT_");
      (secure ? SECURE : error ? ERROR : ALWAYS).add(new Key(variable));
    }
  }

  /** Writes a request for an application. */
  void encode(Marshal out, int app, Exchange exchange) {
    HttpServletRequest request = exchange.request();
    out.network(app, 2);
    out.network(request.getContentLengthLong(), 8);
    out.beginDict();
    add(out, ALWAYS, exchange);
    if (request.isSecure()) {
      add(out, SECURE, exchange);
    }
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      add(out, ERROR, exchange);
    }
    out.raw(SCHEME);
    out.text(request.getScheme());
    if (exchange.mount().namesAreAmbiguous()) {
      Map<String, String> headers = new LinkedHashMap<>();
      exchange.forEachHeader(
          (name, value) -> headers.merge(name, value, (before, more) -> before + "," + more));
      headers.forEach((name, value) -> header(out, name, value));
    } else {
      exchange.forEachHeader((name, value) -> header(out, name, value));
    }
    out.endDict();
  }

  private static void add(Marshal out, List<Key> keys, Exchange exchange) {
    for (Key key : keys) {
      String value = key.variable.of(exchange);
      if (value != null) {
        out.raw(key.encoded);
        out.text(value);
      }
    }
  }

  private void header(Marshal out, String name, String value) {
    byte[] key = keys.get(name);
    if (key == null) {
      key = encoded(name);
      if (keys.size() < MAX_KEYS) {
        keys.put(name, key);
      }
    }
    out.raw(key);
    out.text(value);
  }

  private static byte[] encoded(String key) {
    return Marshal.of(key);
  }
}
