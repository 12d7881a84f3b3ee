// The request of Java code whose response goes to Python: nothing may answer it past Python.
package org.isthmus.services;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;
import org.isthmus.errors.Rule;

/**
 * Hides Tomcat's sendfile, for which a servlet sets attributes and writes nothing: the container
 * would send the file to the client. Refuses what would answer later, or without a response.
 */
class CapturedRequest extends HttpServletRequestWrapper {
  private static final String SENDFILE = "org.apache.tomcat.sendfile.";

  CapturedRequest(HttpServletRequest request) {
    super(request);
  }

  @Override
  public Object getAttribute(String name) {
    return isSendfile(name) ? null : super.getAttribute(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    List<String> names = Collections.list(super.getAttributeNames());
    return Collections.enumeration(
        names.stream().filter(name -> !isSendfile(name)).collect(Collectors.toList()));
  }

  /** Tomcat sends a file even for a servlet that has not asked whether it does. */
  @Override
  public void setAttribute(String name, Object value) {
    if (!isSendfile(name)) {
      super.setAttribute(name, value);
    }
  }

  private static boolean isSendfile(String name) {
    return name != null && name.startsWith(SENDFILE);
  }

  @Override
  public boolean isAsyncSupported() {
    return false;
  }

  @Override
  public AsyncContext startAsync() {
    throw refused("startAsync");
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    throw refused("startAsync");
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) {
    throw refused("upgrade");
  }

  /** Returns what the specification has for it, so that Java code may do without. */
  private static IllegalStateException refused(String method) {
    return new IllegalStateException(Rule.CHAIN_ASYNC.message(method));
  }
}
