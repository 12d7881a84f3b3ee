// What an engine has to provide: its name, the files that it needs, how it starts.
package org.isthmus.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.isthmus.settings.Settings;

/**
 * One kind of Python engine, found by {@link java.util.ServiceLoader}; {@code isthmus.engine}
 * selects the one for a web application.
 *
 * <p>Implementations have no state: one provider serves all web applications of a class loader.
 */
public interface EngineProvider {
  /** Returns its name, as used in {@code isthmus.engine}: {@code jython}. */
  String name();

  /**
   * Returns the files that the engine itself consists of. If a reload finds that one of them has
   * changed, it starts a new engine; otherwise the generations of a web application share one.
   *
   * @param webInf WEB-INF as real files; null if there is none
   */
  default List<Path> runtime(Path webInf) {
    return List.of();
  }

  /** Returns what an interpreter reads at startup besides modules: patterns below WEB-INF. */
  default List<String> watched() {
    return List.of();
  }

  /**
   * Returns engine-specific options of one application, in addition to {@link AppSpec}, or null.
   * Applications with equal options may be shared.
   *
   * <p>Called by the container's thread that deploys, with the context class loader of the web
   * application: not every server finds names of JNDI on other threads.
   *
   * @throws org.isthmus.errors.WsgiException if a setting is for another engine alone
   */
  default Object options(Settings settings) {
    return null;
  }

  /**
   * Starts an engine.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot start; the message says why
   */
  Engine start(EngineSpec spec);

  /**
   * Returns how to run a Python command in a process of its own, with what the application would
   * have; {@code java -jar app.war run} starts it. Empty if the engine has no such process.
   *
   * @param words a file, a module or {@code -c} and code; then its arguments
   * @throws org.isthmus.errors.WsgiException if the engine cannot start; the message says why
   */
  default Optional<ProcessBuilder> command(EngineSpec spec, List<String> words) {
    return Optional.empty();
  }
}
