// A Python runtime inside this JVM: the seam for another engine than Jython.
package org.isthmus.engine;

/** One runtime, held by one web application and closed with it. */
public interface Engine extends AutoCloseable {
  /**
   * Imports an application.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be had; the message says why
   */
  WsgiApp load(AppSpec spec);

  /** Runs the interpreter's exit functions and frees what it holds outside the heap. */
  @Override
  void close();
}
