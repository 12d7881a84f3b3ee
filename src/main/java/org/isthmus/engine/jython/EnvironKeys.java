// Every key of environ and where its value comes from.
package org.isthmus.engine.jython;

import static java.util.Map.entry;

import jakarta.servlet.Servlet;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.isthmus.engine.AppSpec;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.CgiVariable;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Octets;
import org.isthmus.settings.ModjySpec;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;

/**
 * The table of one application's environ: CGI variables, {@code wsgi.*} and {@code isthmus.*}.
 *
 * <p><b>Threading.</b> Shared by all requests; only the cache of header keys changes. It is
 * bounded, because clients determine its content.
 */
final class EnvironKeys {
  private static final int MAX_CACHED_HEADERS = 500;
  private static final String HEADER = "HTTP_";

  /** The headers that nearly every application reads, so that requests need not convert names. */
  private static final Map<String, String> USUAL_HEADERS =
      Map.ofEntries(
          entry("HTTP_HOST", "host"),
          entry("HTTP_USER_AGENT", "user-agent"),
          entry("HTTP_ACCEPT", "accept"),
          entry("HTTP_ACCEPT_ENCODING", "accept-encoding"),
          entry("HTTP_ACCEPT_LANGUAGE", "accept-language"),
          entry("HTTP_AUTHORIZATION", "authorization"),
          entry("HTTP_CACHE_CONTROL", "cache-control"),
          entry("HTTP_CONNECTION", "connection"),
          entry("HTTP_COOKIE", "cookie"),
          entry("HTTP_IF_MODIFIED_SINCE", "if-modified-since"),
          entry("HTTP_IF_NONE_MATCH", "if-none-match"),
          entry("HTTP_RANGE", "range"),
          entry("HTTP_REFERER", "referer"),
          entry("HTTP_X_FORWARDED_FOR", "x-forwarded-for"),
          entry("HTTP_X_FORWARDED_HOST", "x-forwarded-host"),
          entry("HTTP_X_FORWARDED_PROTO", "x-forwarded-proto"),
          entry("HTTP_X_HTTP_METHOD_OVERRIDE", "x-http-method-override"),
          entry("HTTP_X_REQUESTED_WITH", "x-requested-with"));

  /** Where the value of one key comes from; a null value means that the key is absent. */
  static final class Source {
    private final int index;
    private final PyString key;
    private final boolean ofRequest;
    private final Function<Call, PyObject> make;

    private Source(int index, PyString key, boolean ofRequest, Function<Call, PyObject> make) {
      this.index = index;
      this.key = key;
      this.ofRequest = ofRequest;
      this.make = make;
    }

    /** Returns this key's index in the table, from 0. */
    int index() {
      return index;
    }

    PyString key() {
      return key;
    }

    /** True if the value is read from the container's request, which is reused afterwards. */
    boolean isOfRequest() {
      return ofRequest;
    }

    /** True if the value is a request header, and not one that the deployer adds. */
    boolean isHeader() {
      return ofRequest && EnvironKeys.isHeader(key);
    }

    PyObject value(Call call) {
      return make.apply(call);
    }
  }

  private final Map<PyObject, Source> sources = new HashMap<>();
  private final Map<String, PyString> headerKeys = new ConcurrentHashMap<>();

  /**
   * Creates the table.
   *
   * @param app has the values common to all requests, and the deployer's additions, which win
   * @param modjy additions for an application written for modjy; null for none
   * @param errors wsgi.errors
   * @param tasks isthmus.submit
   */
  EnvironKeys(AppSpec app, ModjySpec modjy, PyObject errors, Tasks tasks) {
    for (CgiVariable variable : CgiVariable.values()) {
      ofRequest(
          variable.name(),
          call -> {
            String value = value(variable, call.exchange());
            return value == null ? null : PyValues.str(value);
          });
    }
    USUAL_HEADERS.forEach((key, name) -> ofRequest(key, call -> header(call, key, name)));
    ofRequest("wsgi.url_scheme", call -> PyValues.strOf(call.exchange().request().getScheme()));
    constant("wsgi.version", new PyTuple(Py.One, Py.Zero));
    constant("wsgi.multithread", Py.newBoolean(app.isMultithread()));
    constant("wsgi.multiprocess", Py.newBoolean(app.isMultiprocess()));
    constant("wsgi.run_once", Py.False);
    constant("wsgi.input_terminated", Py.True);
    constant("wsgi.errors", errors);
    constant("wsgi.file_wrapper", new FileWrapper.Factory());
    rest("wsgi.input", Call::input);
    rest("isthmus.request", call -> request(call));
    rest("isthmus.response", call -> Py.java2py(live(call).response()));
    rest("isthmus.session", new Service("session", "Session")::of);
    rest("isthmus.user", new Service("user", "User")::of);
    rest("isthmus.forward", new Service("dispatches", "Forward")::of);
    rest("isthmus.include", new Service("dispatches", "Include")::of);
    rest("isthmus.submit", call -> tasks.submit());
    rest("isthmus.chain", call -> call.exchange().chain() == null ? null : new Chain(live(call)));
    rest("isthmus.context", call -> Py.java2py(call.exchange().mount().context()));
    if (modjy != null) {
      rest("j2ee.servlet", call -> ofServlet(call, servlet -> servlet));
      rest("j2ee.servlet_config", call -> ofServlet(call, Servlet::getServletConfig));
      modjy.environ().forEach((key, value) -> constant(Octets.utf8(key), PyValues.of(value)));
      modjy.aliases().forEach(this::alias);
    }
    // Not as latin-1, even where possible: "é" and "é日" must have the same encoding.
    app.environ()
        .forEach((key, value) -> constant(Octets.utf8(key), PyValues.str(Octets.utf8(value))));
  }

  /** Translates exceptions: CONTENT_LENGTH may read the body, which can fail. */
  private static String value(CgiVariable variable, Exchange exchange) {
    try {
      return variable.of(exchange);
    } catch (UncheckedIOException e) {
      throw PythonExceptions.ioError(e.getCause());
    } catch (WsgiException e) {
      throw PythonExceptions.raised(e);
    }
  }

  /** Throws once the request has ended: the container reuses its objects, and there is no copy. */
  private static Exchange live(Call call) {
    if (call.exchange().isEnded()) {
      throw PythonExceptions.raised(new WsgiException(Rule.ENVIRON_ENDED));
    }
    return call.exchange();
  }

  private static PyObject request(Call call) {
    live(call);
    return Py.java2py(call.request());
  }

  /** A class whose objects call the container. It is imported once, under Jython's import lock. */
  private static final class Service {
    private final String module;
    private final String name;
    private volatile PyObject type;

    Service(String module, String name) {
      this.module = module;
      this.name = name;
    }

    PyObject of(Call call) {
      PyObject made = type;
      if (made == null) {
        made = JythonInterpreter.module("isthmus." + module).__getattr__(name);
        type = made;
      }
      return made.__call__(new ServiceCall(call.exchange()));
    }
  }

  private static PyObject ofServlet(Call call, Function<Servlet, Object> what) {
    Servlet servlet = call.exchange().mount().servlet();
    return servlet == null ? null : Py.java2py(what.apply(servlet));
  }

  private void ofRequest(String key, Function<Call, PyObject> make) {
    put(key, true, make);
  }

  private void rest(String key, Function<Call, PyObject> make) {
    put(key, false, make);
  }

  private void constant(String key, PyObject value) {
    put(key, false, call -> value);
  }

  private void alias(String alias, String key) {
    Source source = sources.get(PyValues.str(key));
    put(alias, source.ofRequest, source.make);
  }

  private void put(String name, boolean ofRequest, Function<Call, PyObject> make) {
    PyString key = PyValues.str(name);
    Source before = sources.get(key);
    int index = before == null ? sources.size() : before.index;
    sources.put(key, new Source(index, key, ofRequest, make));
  }

  /** Returns the number of keys in the table. */
  int count() {
    return sources.size();
  }

  Collection<Source> sources() {
    return sources.values();
  }

  /** Returns the source of a key, or null. */
  Source source(Object key) {
    return sources.get(key);
  }

  static boolean isHeader(Object key) {
    return key instanceof PyString && ((PyString) key).getString().startsWith(HEADER);
  }

  /** Returns the value of one {@code HTTP_} key that is not in the table, or null. */
  PyObject header(Call call, String key) {
    String header = key.substring(HEADER.length());
    if (!header.equals(header.toUpperCase(Locale.ROOT))) {
      return null; // HTTP_host is not a valid key
    }
    return header(call, key, header.replace('_', '-'));
  }

  private static PyObject header(Call call, String key, String name) {
    Exchange exchange = call.exchange();
    if (exchange.mount().namesAreAmbiguous()) {
      // X_Foo and X-Foo share a key: only a pass over all headers finds the right one.
      PyObject[] found = {null};
      exchange.forEachHeader(
          (other, value) -> found[0] = other.equals(key) ? joined(found[0], value) : found[0]);
      return found[0];
    }
    String value = exchange.header(name);
    return value == null ? null : PyValues.str(value);
  }

  /** Adds the value of every header that is missing. */
  void fillHeaders(Call call, Map<PyObject, PyObject> into) {
    boolean ambiguous = call.exchange().mount().namesAreAmbiguous();
    Map<PyObject, PyObject> headers = ambiguous ? new HashMap<>() : into;
    call.exchange()
        .forEachHeader(
            (name, value) -> {
              PyString key = headerKey(name);
              if (ambiguous) {
                headers.put(key, joined(headers.get(key), value));
              } else {
                headers.computeIfAbsent(key, absent -> PyValues.str(value));
              }
            });
    if (ambiguous) {
      headers.forEach(into::putIfAbsent);
    }
  }

  private static PyString joined(PyObject before, String value) {
    return before == null ? PyValues.str(value) : PyValues.str(before + "," + value);
  }

  private PyString headerKey(String name) {
    PyString key = headerKeys.get(name);
    if (key == null) {
      key = PyValues.str(name);
      if (headerKeys.size() < MAX_CACHED_HEADERS) {
        headerKeys.put(name, key);
      }
    }
    return key;
  }
}
