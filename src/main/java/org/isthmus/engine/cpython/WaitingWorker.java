// Marks a request while a thread of a worker waits for what Java answers to it.
package org.isthmus.engine.cpython;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Meanwhile, another Python application must not answer a part of the request: if all threads of
 * the workers waited, none would be left to answer.
 */
final class WaitingWorker {
  private static final String NAME = WaitingWorker.class.getName();

  private final HttpServletRequest request;
  private final Object before;

  /**
   * Marks the request until {@link #end}.
   *
   * @param rule that a worker called within it breaks
   */
  WaitingWorker(HttpServletRequest request, Rule rule) {
    this.request = request;
    this.before = request.getAttribute(NAME);
    request.setAttribute(NAME, rule);
  }

  /**
   * Refuses a request for which a worker waits.
   *
   * <p>Such a request has been dispatched, or is behind a chain, which wraps it: any other costs no
   * attribute.
   */
  static void refuse(HttpServletRequest request) {
    boolean mayBeMarked =
        request instanceof ServletRequestWrapper
            || request.getDispatcherType() != DispatcherType.REQUEST;
    Object rule = mayBeMarked ? request.getAttribute(NAME) : null;
    // One of another web application, which has workers of its own, is of another class.
    if (rule instanceof Rule) {
      throw new WsgiException((Rule) rule);
    }
  }

  void end() {
    request.setAttribute(NAME, before);
  }
}
