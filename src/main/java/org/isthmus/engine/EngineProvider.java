// The seam for another engine: its name, what it needs, how it starts.
package org.isthmus.engine;

import java.nio.file.Path;
import java.util.List;
import org.isthmus.settings.Settings;

/**
 * One kind of Python engine, found by {@link java.util.ServiceLoader}; {@code isthmus.engine} says
 * which one a web application runs on.
 *
 * <p>An implementation has no state: one provider serves all web applications of a class loader.
 */
public interface EngineProvider {
  /** Returns its name, as {@code isthmus.engine} has it: {@code jython}. */
  String name();

  /**
   * Returns the files that the engine itself consists of. A reload that finds another stamp on one
   * of them starts a new engine; otherwise the generations of a web application share one.
   *
   * @param webInf WEB-INF as real files; null if there is none
   */
  default List<Path> runtime(Path webInf) {
    return List.of();
  }

  /** Returns what an interpreter reads at its start beside modules: patterns below WEB-INF. */
  default List<String> watched() {
    return List.of();
  }

  /**
   * Returns what the engine is told of one application beyond {@link AppSpec}'s own, or null.
   * Applications with equal options may be one.
   */
  default Object options(Settings settings) {
    return null;
  }

  /**
   * Starts an engine.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be had; the message says why
   */
  Engine start(EngineSpec spec);
}
