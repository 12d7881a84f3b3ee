// The container's request as Python gets it: its session is a guarded one.
package org.isthmus.engine.jython;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.isthmus.exchange.ResponseBody;
import org.python.core.ClassDictInit;
import org.python.core.PyObject;

/**
 * A wrapper, which containers take wherever they take their own request: they unwrap it.
 *
 * <p>Public for Jython's reflection.
 */
public final class PythonRequest extends HttpServletRequestWrapper implements ClassDictInit {
  private final ResponseBody body;
  private HttpSession container;
  private HttpSession guarded;

  /** Wraps a request; its session may be written into until the end of this response. */
  PythonRequest(HttpServletRequest request, ResponseBody body) {
    super(request);
    this.body = body;
  }

  /**
   * Jython calls this when it makes the type: what Python code unwraps has a guarded session, too.
   */
  public static void classDictInit(PyObject names) {
    names.__setitem__("getRequest", names.__finditem__("getUnwrapped"));
    names.__setitem__("request", names.__finditem__("unwrapped"));
  }

  /** Returns the wrapped request, for Python code; {@code getRequest} is for the container. */
  public HttpServletRequest getUnwrapped() {
    return GuardedSession.proxy(
        HttpServletRequest.class,
        (proxy, method, arguments) -> {
          boolean isSession = method.getName().equals("getSession");
          return GuardedSession.invoke(isSession ? this : getRequest(), method, arguments);
        });
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
      guarded = session == null ? null : GuardedSession.of(session);
    }
    return guarded;
  }
}
