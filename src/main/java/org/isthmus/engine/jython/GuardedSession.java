// The container's session as Python gets it: no Python object can enter it.
package org.isthmus.engine.jython;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.isthmus.errors.WsgiException;
import org.isthmus.services.PlainValues;
import org.python.core.Py;

/**
 * What Python code stores in the HttpSession is converted to plain values, or refused.
 *
 * <p>A container could not read Jython's objects back, because their classes are in the web
 * application's own class loader: each later request of that client would fail. Objects of Java
 * classes pass as they are, because Java code may rely on them.
 */
final class GuardedSession {
  private GuardedSession() {}

  /** Returns a proxy, because HttpSession has other methods in each version of the API. */
  static HttpSession of(HttpSession session) {
    return proxy(
        HttpSession.class,
        (proxy, method, arguments) ->
            method.getName().equals("equals")
                ? proxy == arguments[0] || session.equals(arguments[0])
                : called(session, method, arguments));
  }

  private static Object called(HttpSession session, Method method, Object[] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "setAttribute":
      case "putValue":
        Object value = storable((String) arguments[0], arguments[1]);
        return invoke(session, method, arguments[0], value);
      case "getAccessor":
        return accessor(method.getReturnType(), invoke(session, method, arguments));
      default:
        return invoke(session, method, arguments);
    }
  }

  /** The Accessor of Servlet 6.1, whose one method passes a session to a Consumer. */
  private static <T> T accessor(Class<T> type, Object accessor) {
    return proxy(
        type,
        (proxy, method, arguments) ->
            method.getName().equals("access")
                ? invoke(accessor, method, guarding((Consumer<?>) arguments[0]))
                : invoke(accessor, method, arguments));
  }

  @SuppressWarnings("unchecked") // Consumer<HttpSession>, which reflection does not say
  private static Consumer<HttpSession> guarding(Consumer<?> consumer) {
    return session -> ((Consumer<HttpSession>) consumer).accept(of(session));
  }

  /** Returns a proxy of an interface. */
  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    Class<?>[] types = {type};
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), types, handler));
  }

  /** Calls a method; throws what it throws. */
  static Object invoke(Object target, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
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
