// Jython's options for one application, in addition to those of every engine.
package org.isthmus.engine.jython.boot;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.isthmus.engine.TaskOptions;
import org.isthmus.settings.ModjySpec;

/** Immutable; applications with equal options may be shared. */
public final class JythonOptions {
  private final boolean lazyEnviron;
  private final ModjySpec modjy;
  private final TaskOptions tasks;

  /** Not part of equality: the options of tasks have its name. */
  private final Supplier<Executor> executor;

  /**
   * Creates options.
   *
   * @param lazyEnviron true to create environ's values on first access
   * @param modjy the meaning of modjy's parameters; null if there are none
   * @param tasks how isthmus.submit runs what it is given
   * @param executor gives what runs it; null for threads of the web application's own
   */
  public JythonOptions(
      boolean lazyEnviron, ModjySpec modjy, TaskOptions tasks, Supplier<Executor> executor) {
    this.lazyEnviron = lazyEnviron;
    this.modjy = modjy;
    this.tasks = tasks;
    this.executor = executor;
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

  /**
   * Returns the container's executor that runs it; null for threads of the web application's own.
   *
   * @throws org.isthmus.errors.WsgiException if the container has none of that name
   */
  public Executor executor() {
    return executor.get();
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
