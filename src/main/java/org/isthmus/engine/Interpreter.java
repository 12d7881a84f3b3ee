// One Python interpreter inside an engine: its own modules, path and settings.
package org.isthmus.engine;

/** Imports applications, which live in it until it is closed. */
public interface Interpreter extends AutoCloseable {
  /**
   * Imports an application.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be had; the message says why
   */
  WsgiApp load(AppSpec spec);

  /** Runs the exit functions, ends the threads that Python has started, and frees the rest. */
  @Override
  void close();
}
