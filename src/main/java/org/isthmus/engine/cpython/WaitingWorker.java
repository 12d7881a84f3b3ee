// Marks a request while a thread of a worker waits for what Java answers to it.
package org.isthmus.engine.cpython;

import jakarta.servlet.http.HttpServletRequest;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Meanwhile, another Python application must not answer a part of the request: with all threads of
 * the workers waiting, nobody would be left for those parts.
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

  /** Refuses a request for which a worker waits. */
  static void refuse(HttpServletRequest request) {
    Rule rule = (Rule) request.getAttribute(NAME);
    if (rule != null) {
      throw new WsgiException(rule);
    }
  }

  void end() {
    request.setAttribute(NAME, before);
  }
}
