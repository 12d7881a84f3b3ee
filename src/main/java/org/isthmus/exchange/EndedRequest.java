// What environ can still read after its request has ended.
package org.isthmus.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * A copy of a request, made before the container reuses the request object.
 *
 * <p>Strings are shared, not copied, and environ's values are not created yet: most applications
 * never ask again. Immutable.
 */
final class EndedRequest extends HttpServletRequestWrapper {
  /** The attributes that environ reads. */
  private static final String[] ATTRIBUTES = {
    RequestDispatcher.ERROR_STATUS_CODE,
    RequestDispatcher.ERROR_REQUEST_URI,
    "jakarta.servlet.request.X509Certificate",
    "jakarta.servlet.request.cipher_suite",
    "jakarta.servlet.request.key_size",
    "jakarta.servlet.request.ssl_session_id",
    "jakarta.servlet.request.secure_protocol",
    "org.apache.tomcat.util.net.secure_protocol_version"
  };

  /** Replaces the container's request, which may belong to another client by now. */
  private static final HttpServletRequest TAKEN_BACK =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              EndedRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, called, arguments) -> {
                throw new WsgiException(Rule.ENVIRON_ENDED);
              });

  private final String method;
  private final String uri;
  private final String query;
  private final String contentType;
  private final String serverName;
  private final int serverPort;
  private final String protocol;
  private final String scheme;
  private final String remoteAddress;
  private final int remotePort;
  private final String remoteUser;
  private final String authType;
  private final List<String> headers = new ArrayList<>(32); // name, value, name, value ...
  private final boolean secure;
  private final DispatcherType dispatcherType;
  private final Map<String, Object> attributes;

  /**
   * Copies a request.
   *
   * @param uri the path that environ shows
   * @param query the query that environ shows
   */
  EndedRequest(HttpServletRequest request, String uri, String query) {
    super(TAKEN_BACK);
    this.method = request.getMethod();
    this.uri = uri;
    this.query = query;
    this.contentType = request.getContentType();
    this.serverName = request.getServerName();
    this.serverPort = request.getServerPort();
    this.protocol = request.getProtocol();
    this.scheme = request.getScheme();
    this.remoteAddress = request.getRemoteAddr();
    this.remotePort = request.getRemotePort();
    this.remoteUser = request.getRemoteUser();
    this.authType = request.getAuthType();
    Enumeration<String> names = request.getHeaderNames();
    while (names != null && names.hasMoreElements()) {
      String name = names.nextElement();
      Enumeration<String> values = request.getHeaders(name);
      while (values.hasMoreElements()) {
        headers.add(name);
        headers.add(values.nextElement());
      }
    }
    this.secure = request.isSecure();
    this.dispatcherType = request.getDispatcherType();
    boolean none = !secure && dispatcherType != DispatcherType.ERROR;
    this.attributes = none ? null : attributes(request);
  }

  private static Map<String, Object> attributes(HttpServletRequest request) {
    Map<String, Object> attributes = new HashMap<>();
    for (String name : ATTRIBUTES) {
      attributes.put(name, request.getAttribute(name));
    }
    return attributes;
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getRequestURI() {
    return uri;
  }

  @Override
  public String getQueryString() {
    return query;
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public String getServerName() {
    return serverName;
  }

  @Override
  public int getServerPort() {
    return serverPort;
  }

  @Override
  public String getProtocol() {
    return protocol;
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public String getRemoteAddr() {
    return remoteAddress;
  }

  @Override
  public int getRemotePort() {
    return remotePort;
  }

  @Override
  public String getRemoteUser() {
    return remoteUser;
  }

  @Override
  public String getAuthType() {
    return authType;
  }

  @Override
  public DispatcherType getDispatcherType() {
    return dispatcherType;
  }

  @Override
  public Object getAttribute(String name) {
    return attributes == null ? null : attributes.get(name);
  }

  @Override
  public String getHeader(String name) {
    Enumeration<String> values = getHeaders(name);
    return values.hasMoreElements() ? values.nextElement() : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        values.add(headers.get(i + 1));
      }
    }
    return Collections.enumeration(values);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < headers.size(); i += 2) {
      if (names.stream().noneMatch(headers.get(i)::equalsIgnoreCase)) {
        names.add(headers.get(i));
      }
    }
    return Collections.enumeration(names);
  }
}
