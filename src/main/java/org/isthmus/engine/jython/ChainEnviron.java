// The request that Java code gets from Python: what Python has changed in environ is changed in it.
package org.isthmus.engine.jython;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.isthmus.exchange.CgiVariable;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Octets;
import org.isthmus.services.ChainRequest;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;

/** Headers, REMOTE_USER, AUTH_TYPE and wsgi.input. Method, path and query are the client's. */
final class ChainEnviron {
  private ChainEnviron() {}

  static HttpServletRequest request(Exchange exchange, PyObject environ, PythonSide side) {
    ChainRequest request = new ChainRequest(exchange.request(), headers(exchange, environ));
    String user = text(environ, "REMOTE_USER");
    if (!Objects.equals(user, CgiVariable.REMOTE_USER.of(exchange))) {
      // As octets in environ, and as text in Java.
      request.setUser(user == null ? null : Octets.readable(user), text(environ, "AUTH_TYPE"));
    }
    PyObject input = environ.__finditem__("wsgi.input");
    boolean own = input instanceof Input && ((Input) input).isOf(exchange);
    if (input != null && !(own && exchange.input().isUntouched())) {
      request.setBody(new Body(input, side));
    }
    return request;
  }

  /** Returns those that have been changed, by name in lower case; null for a removed one. */
  private static Map<String, String> headers(Exchange exchange, PyObject environ) {
    Map<String, String> before = new HashMap<>();
    exchange.forEachHeader(before::put);
    put(before, "CONTENT_TYPE", CgiVariable.CONTENT_TYPE.of(exchange));
    put(before, "CONTENT_LENGTH", exchange.request().getHeader("Content-Length"));
    Map<String, String> changed = new HashMap<>();
    before.forEach(
        (key, value) -> {
          String now = text(environ, key);
          if (!value.equals(now)) {
            changed.put(header(key), now);
          }
        });
    for (PyObject key : environ.invoke("keys").asIterable()) {
      String name = key.toString();
      boolean isHeader = key instanceof PyString && name.startsWith("HTTP_");
      if (isHeader && !before.containsKey(name)) {
        changed.put(header(name), text(environ, name));
      }
    }
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

  private static String text(PyObject environ, String key) {
    PyObject value = environ.__finditem__(key);
    return value == null || value == Py.None ? null : value.toString();
  }

  /** Reads what Python has put into wsgi.input, or left in it. */
  private static final class Body extends InputStream {
    private final PyObject input;
    private final PythonSide side;

    Body(PyObject input, PythonSide side) {
      this.input = input;
      this.side = side;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      String octets;
      try {
        octets = side.call(() -> input.invoke("read", Py.newInteger(length))).toString();
      } catch (PyException e) {
        throw new IOException(e);
      }
      for (int i = 0; i < octets.length(); i++) {
        into[offset + i] = (byte) octets.charAt(i);
      }
      return octets.isEmpty() ? -1 : octets.length();
    }
  }
}
