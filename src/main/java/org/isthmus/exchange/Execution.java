// The application's code while it runs for an exchange: returns its stack, and interrupts it.
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
   * @param exchange one of the running ones
   * @param stack of the container's thread, just taken
   */
  default List<String> pythonStack(Exchange exchange, StackTraceElement[] stack) {
    return List.of();
  }

  /**
   * Interrupts the application's code, because the request has timed out. Must not interrupt the
   * container on that thread.
   *
   * @param exchange one of the running ones
   * @param thread the container's thread, which called the application
   */
  default void interrupt(Exchange exchange, Thread thread) {
    thread.interrupt();
  }
}
