// Why a worker could not load an application, as the exception that the deployment ends with.
package org.isthmus.engine.cpython;

import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** Reads what isthmus.loading has raised in a worker. */
final class LoadFailures {
  private LoadFailures() {}

  /**
   * Returns the broken rule.
   *
   * @param told its name or "", the values of its message, and a traceback or ""
   */
  static WsgiException of(List<?> told) {
    String rule = (String) told.get(0);
    String traceback = (String) told.get(2);
    Throwable cause = traceback.isEmpty() ? null : new Raised("\n" + traceback);
    return rule.isEmpty()
        ? new WsgiException(cause, Rule.WORKER_START, "the cause follows")
        : new WsgiException(cause, Rule.valueOf(rule), ((List<?>) told.get(1)).toArray());
  }
}
