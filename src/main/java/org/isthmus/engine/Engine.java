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

  /** Frees what the runtime holds outside the heap. */
  @Override
  void close();
}
