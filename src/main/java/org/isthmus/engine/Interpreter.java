// One Python interpreter inside an engine: its own modules, path and settings.
package org.isthmus.engine;

import java.nio.file.Path;
import java.util.Set;

/** Imports applications, which live in it until it is closed. */
public interface Interpreter extends AutoCloseable {
  /**
   * Imports an application.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be had; the message says why
   */
  WsgiApp load(AppSpec spec);

  /** Returns the files that its modules come from, as the modules name them: sources, archives. */
  default Set<Path> files() {
    return Set.of();
  }

  /** Returns where modules are looked for, as far as these are files or directories. */
  default Set<Path> path() {
    return Set.of();
  }

  /** Returns true if the thread is in the middle of this interpreter's Python code. */
  default boolean hasThisThread() {
    return false;
  }

  /** Runs the exit functions, ends the threads that Python has started, and frees the rest. */
  @Override
  void close();
}
