// Who runs the application's code for an exchange: where it is, and how to stop it.
package org.isthmus.exchange;

import java.util.List;

/**
 * An engine's application, as far as an exchange needs to know it. The defaults are those of code
 * that runs on the container's thread and is no Python.
 *
 * <p><b>Threading.</b> Any thread asks, while the application runs.
 */
public interface Execution {
  /**
   * Returns a line for each Python frame, the innermost first, as Python's tracebacks write them.
   *
   * @param exchange which of those that are under way
   * @param stack of the container's thread, just taken
   */
  default List<String> pythonStack(Exchange exchange, StackTraceElement[] stack) {
    return List.of();
  }

  /**
   * Makes the application's code end soon, for its time is over. It must not touch what the
   * container does on that thread.
   *
   * @param exchange which of those that are under way
   * @param thread the container's, which called the application
   */
  default void interrupt(Exchange exchange, Thread thread) {
    thread.interrupt();
  }
}
