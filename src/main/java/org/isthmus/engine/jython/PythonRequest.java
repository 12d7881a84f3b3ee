// The container's request as Python gets it: no Python object can enter its session.
package org.isthmus.engine.jython;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.ResponseBody;
import org.isthmus.services.PlainValues;
import org.python.core.Py;

/**
 * What Python code stores in the HttpSession is converted to plain values, or refused.
 *
 * <p>A container could not read Jython's objects back, because their classes are in the web
 * application's own class loader: each later request of that client would fail. Objects of Java
 * classes pass as they are, because Java code may rely on them.
 *
 * <p>Public for Jython's reflection.
 */
public final class PythonRequest extends HttpServletRequestWrapper {
  private final ResponseBody body;
  private HttpSession container;
  private HttpSession guarded;

  /** Wraps a request; its session may be written into until the end of this response. */
  PythonRequest(HttpServletRequest request, ResponseBody body) {
    super(request);
    this.body = body;
  }

  @Override
  public HttpSession getSession() {
    return getSession(true);
  }

  @Override
  public HttpSession getSession(boolean create) {
    HttpSession session = super.getSession(create);
    if (session != null) {
      body.endWithRequest();
    }
    if (session != container) {
      container = session;
      guarded = session == null ? null : guarded(session);
    }
    return guarded;
  }

  /** A proxy, because HttpSession has other methods in each version of the API. */
  private static HttpSession guarded(HttpSession session) {
    return (HttpSession)
        Proxy.newProxyInstance(
            HttpSession.class.getClassLoader(),
            new Class<?>[] {HttpSession.class},
            (proxy, method, arguments) ->
                method.getName().equals("equals")
                    ? proxy == arguments[0] || session.equals(arguments[0])
                    : called(session, method, arguments));
  }

  private static Object called(HttpSession session, Method method, Object[] arguments)
      throws Throwable {
    Object[] passed = arguments;
    if (method.getName().equals("setAttribute") || method.getName().equals("putValue")) {
      passed = new Object[] {arguments[0], storable((String) arguments[0], arguments[1])};
    }
    try {
      return method.invoke(session, passed);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object storable(String key, Object value) {
    if (!PythonObjects.isIn(value)) {
      return value;
    }
    try {
      return PlainConversion.plain(Py.java2py(value), PlainValues.place(key));
    } catch (WsgiException e) {
      throw PythonExceptions.raised(e);
    }
  }
}
