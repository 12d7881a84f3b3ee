// Passes a request's thread from Python to Java code of the web application, and back.
package org.isthmus.engine.jython;

import java.io.IOException;
import java.util.function.Supplier;
import org.isthmus.exchange.Exchange;
import org.python.core.Py;
import org.python.core.PyException;

/** Each has a context class loader of its own, and the deadline interrupts Python alone. */
final class PythonSide {
  private final Exchange exchange;
  private final Thread thread = Thread.currentThread();
  private final ClassLoader python = thread.getContextClassLoader();
  private PyException raised;

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

  /** Returns what Python has raised in {@link #call}, or null. */
  PyException raised() {
    return raised;
  }

  /**
   * Calls Python from Java.
   *
   * @throws IOException if it raises an IOError, or has raised anything before: a response with a
   *     gap must not pass for a whole one
   */
  <T> T call(Supplier<T> work) throws IOException {
    if (raised != null) {
      throw new IOException(raised);
    }
    enter();
    try {
      return work.get();
    } catch (PyException e) {
      raised = e;
      if (e.match(Py.IOError)) {
        throw new IOException(e);
      }
      throw e;
    } finally {
      leave();
    }
  }
}
