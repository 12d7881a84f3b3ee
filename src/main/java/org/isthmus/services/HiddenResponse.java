// A response as an object that Tomcat does not look into for its own.
package org.isthmus.services;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Passes each call on. While Tomcat includes a resource, it drops what this changes of the head, by
 * a wrapper of its own around the innermost response that it finds: so what is hidden does not
 * notice. After a forward, Tomcat finishes its own response, which it finds below all wrappers, if
 * {@code suspendWrappedResponseAfterForward} of the Context is true, as by default in Tomcat 11:
 * Python could then send nothing. If Tomcat finds none of its own, it closes the wrapper.
 */
final class HiddenResponse implements InvocationHandler {
  private static final String TOMCAT = "org.apache.catalina.";

  private final HttpServletResponse response;

  private HiddenResponse(HttpServletResponse response) {
    this.response = response;
  }

  /** Returns the response itself unless it is Tomcat's: Jetty has to find its own. */
  static HttpServletResponse of(HttpServletResponse response) {
    if (!base(response).getClass().getName().startsWith(TOMCAT)) {
      return response;
    }
    Class<?>[] type = {HttpServletResponse.class};
    ClassLoader loader = HttpServletResponse.class.getClassLoader();
    InvocationHandler handler = new HiddenResponse(response);
    return (HttpServletResponse) Proxy.newProxyInstance(loader, type, handler);
  }

  /** Returns the container's own response. */
  static ServletResponse base(ServletResponse response) {
    ServletResponse base = response;
    while (base instanceof ServletResponseWrapper) {
      base = ((ServletResponseWrapper) base).getResponse();
    }
    return base;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("equals")) {
      return proxy == arguments[0]; // Tomcat with dispatcherWrapsSameObject looks for it
    }
    try {
      return method.invoke(response, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
