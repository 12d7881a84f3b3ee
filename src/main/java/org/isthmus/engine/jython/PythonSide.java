// Passes a request's thread from Python to Java code of the web application, and back.
package org.isthmus.engine.jython;

import java.util.function.Supplier;
import org.isthmus.exchange.Exchange;

/** Each has a context class loader of its own, and the deadline interrupts Python alone. */
final class PythonSide {
  private final Exchange exchange;
  private final Thread thread = Thread.currentThread();
  private final ClassLoader python = thread.getContextClassLoader();

  PythonSide(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Passes to Java. */
  void leave() {
    exchange.leaveApp();
    thread.setContextClassLoader(exchange.mount().context().getClassLoader());
  }

  /** Passes to Python. */
  void enter() {
    thread.setContextClassLoader(python);
    exchange.enterApp();
  }

  /** Calls Python from Java. */
  <T> T call(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      leave();
    }
  }
}
