// Runs the application's code for an exchange: shows where it is, and can stop it.
package org.isthmus.exchange;

import java.util.List;

/**
 * What an exchange needs to know about an engine's application. The defaults suit code that runs on
 * the container's thread and is not Python.
 *
 * <p><b>Threading.</b> Any thread may call, while the application runs.
 */
public interface Execution {
  /**
   * Returns a line per Python frame, innermost first, in the format of Python's tracebacks.
   *
   * @param exchange which of the running ones
   * @param stack of the container's thread, just taken
   */
  default List<String> pythonStack(Exchange exchange, StackTraceElement[] stack) {
    return List.of();
  }

  /**
   * Makes the application's code end soon, because its time is over. Must not disturb what the
   * container does on that thread.
   *
   * @param exchange which of the running ones
   * @param thread the container's thread, which called the application
   */
  default void interrupt(Exchange exchange, Thread thread) {
    thread.interrupt();
  }
}
