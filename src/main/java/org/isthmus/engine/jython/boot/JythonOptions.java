// Jython's options for one application, in addition to those of every engine.
package org.isthmus.engine.jython.boot;

import java.util.Objects;
import org.isthmus.engine.TaskOptions;
import org.isthmus.settings.ModjySpec;

/** Immutable; applications with equal options may be shared. */
public final class JythonOptions {
  private final boolean lazyEnviron;
  private final ModjySpec modjy;
  private final TaskOptions tasks;

  /**
   * Creates options.
   *
   * @param lazyEnviron true to create environ's values on first access
   * @param modjy the meaning of modjy's parameters; null if there are none
   * @param tasks how isthmus.submit runs what it is given
   */
  public JythonOptions(boolean lazyEnviron, ModjySpec modjy, TaskOptions tasks) {
    this.lazyEnviron = lazyEnviron;
    this.modjy = modjy;
    this.tasks = tasks;
  }

  /** Returns true if environ's values are created on first access. */
  public boolean isEnvironLazy() {
    return lazyEnviron;
  }

  /** Returns the meaning of modjy's parameters, or null. */
  public ModjySpec modjy() {
    return modjy;
  }

  /** Returns how isthmus.submit runs what it is given. */
  public TaskOptions tasks() {
    return tasks;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JythonOptions
        && lazyEnviron == ((JythonOptions) other).lazyEnviron
        && Objects.equals(modjy, ((JythonOptions) other).modjy)
        && tasks.equals(((JythonOptions) other).tasks);
  }

  @Override
  public int hashCode() {
    return Objects.hash(lazyEnviron, modjy, tasks);
  }
}
