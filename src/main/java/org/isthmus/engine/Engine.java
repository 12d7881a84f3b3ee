// A Python runtime inside this JVM: the seam for another engine than Jython.
package org.isthmus.engine;

/** One runtime, held by one web application and closed with it, after its interpreters. */
public interface Engine extends AutoCloseable {
  /**
   * Starts a further interpreter, which shares nothing of Python with the others.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be had; the message says why
   */
  Interpreter interpreter();

  /**
   * Starts one beside any start of an application, for a pool that grows: what it takes is told to
   * nobody but {@code times}. An engine that tells no times has nothing to do for it.
   *
   * @throws org.isthmus.errors.WsgiException as above
   */
  default Interpreter interpreter(StartTimes times) {
    return interpreter();
  }

  /** Frees what the runtime holds outside the heap. */
  @Override
  void close();
}
