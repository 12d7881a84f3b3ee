// A Python runtime for one web application: what every engine implements.
package org.isthmus.engine;

/** One runtime, owned by one web application and closed with it, after its interpreters. */
public interface Engine extends AutoCloseable {
  /**
   * Starts another interpreter, which shares no Python state with the others.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot start; the message says why
   */
  Interpreter interpreter();

  /**
   * Starts one outside the start of any application, for a growing pool: only {@code times} records
   * how long it takes. Engines that record no times need not override this.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot start; the message says why
   */
  default Interpreter interpreter(StartTimes times) {
    return interpreter();
  }

  /** Frees what the runtime holds outside the heap. */
  @Override
  void close();
}
