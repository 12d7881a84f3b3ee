// Forwards and includes of one request: to JSPs, servlets and files of the web application.
package org.isthmus.services;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.SafeText;

/** Servlet 5.0, chapter 9. The values for a JSP are attributes of the request. */
final class RequestDispatches {
  private final Exchange exchange;

  RequestDispatches(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Notes where the request goes once the application has returned. */
  Object forward(String path, Map<?, ?> attributes) {
    requireTarget(path);
    exchange.body().forwardTo(path);
    set(attributes);
    return null;
  }

  /** Returns what a resource sends, as UTF-8 if it is text. Attributes are set for it alone. */
  byte[] include(String path, Map<?, ?> attributes) throws IOException, ServletException {
    RequestDispatcher target = requireTarget(path);
    HttpServletRequest request = exchange.request();
    exchange.keepUser(); // the target may log somebody in
    Map<String, Object> before = set(attributes);
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    // Not the engine's, which a JSP would keep.
    thread.setContextClassLoader(request.getServletContext().getClassLoader());
    try {
      return included(target).octets();
    } finally {
      thread.setContextClassLoader(loader);
      before.forEach(request::setAttribute);
    }
  }

  private IncludedResponse included(RequestDispatcher target) throws IOException, ServletException {
    HttpServletResponse response = exchange.response();
    HttpServletResponse hidden = HiddenResponse.of(response);
    IncludedResponse included = new IncludedResponse(hidden);
    try {
      target.include(new CapturedRequest(exchange.request()), included);
      return included;
    } catch (ServletException e) {
      if (hidden == response || included.isReached()) {
        throw e;
      }
    }
    // Tomcat with dispatcherWrapsSameObject: it has called nothing, for want of its own response.
    IncludedResponse open = new IncludedResponse(response);
    target.include(new CapturedRequest(exchange.request()), open);
    return open;
  }

  private RequestDispatcher requireTarget(String path) {
    if (!exchange.isOnItsThread()) {
      throw new WsgiException(Rule.SERVICE_THREAD);
    }
    RequestDispatcher target =
        path.startsWith("/") ? exchange.request().getRequestDispatcher(path) : null;
    if (target == null) {
      throw new WsgiException(Rule.DISPATCH_PATH, SafeText.quoted(path));
    }
    return target;
  }

  /** Sets attributes, in the form that sessions have them in; returns what they were before. */
  private Map<String, Object> set(Map<?, ?> attributes) {
    HttpServletRequest request = exchange.request();
    Map<String, Object> before = new HashMap<>();
    attributes.forEach(
        (key, value) -> {
          String name = (String) key;
          before.put(name, request.getAttribute(name));
          request.setAttribute(name, PlainValues.stored(value));
        });
    return before;
  }
}
