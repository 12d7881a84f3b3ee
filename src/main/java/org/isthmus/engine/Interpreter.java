// One Python interpreter inside an engine: its own modules, path and settings.
package org.isthmus.engine;

import java.nio.file.Path;
import java.util.Set;

/** Imports applications, which live in it until it is closed. */
public interface Interpreter extends AutoCloseable {
  /**
   * Imports an application.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be imported; the message says why
   */
  WsgiApp load(AppSpec spec);

  /**
   * Returns the files that its modules come from, as the modules report them: sources, archives.
   */
  default Set<Path> files() {
    return Set.of();
  }

  /** Returns the files and directories in which it looks for modules. */
  default Set<Path> path() {
    return Set.of();
  }

  /** Returns true if the current thread is running this interpreter's Python code. */
  default boolean hasThisThread() {
    return false;
  }

  /** Runs the exit functions, stops the threads that Python has started, and frees the rest. */
  @Override
  void close();
}
