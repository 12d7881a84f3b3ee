// Turns a worker's report that an application could not be loaded into an exception.
package org.isthmus.engine.cpython;

import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** Reads the exceptions that isthmus.importing raised in a worker. */
final class LoadFailures {
  private LoadFailures() {}

  /**
   * Returns the exception for a report.
   *
   * @param report the rule's name or "", the values of its message, and a traceback or ""
   */
  static WsgiException of(List<?> report) {
    String rule = (String) report.get(0);
    String traceback = (String) report.get(2);
    Throwable cause = traceback.isEmpty() ? null : new Raised("\n" + traceback);
    return rule.isEmpty()
        ? new WsgiException(cause, Rule.WORKER_START, "the cause follows")
        : new WsgiException(cause, Rule.valueOf(rule), ((List<?>) report.get(1)).toArray());
  }
}
