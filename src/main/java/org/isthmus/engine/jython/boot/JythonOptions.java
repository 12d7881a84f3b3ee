// What Jython is told of one application beyond what any engine is told.
package org.isthmus.engine.jython.boot;

import java.util.Objects;
import org.isthmus.settings.ModjySpec;

/** Immutable; equal ones may share one application. */
public final class JythonOptions {
  private final boolean lazyEnviron;
  private final ModjySpec modjy;

  /**
   * Creates options.
   *
   * @param lazyEnviron true to make environ's values when they are first asked for
   * @param modjy what modjy's parameters say; null if there are none
   */
  public JythonOptions(boolean lazyEnviron, ModjySpec modjy) {
    this.lazyEnviron = lazyEnviron;
    this.modjy = modjy;
  }

  /** Returns true if environ's values are made when they are first asked for. */
  public boolean isEnvironLazy() {
    return lazyEnviron;
  }

  /** Returns what modjy's parameters say, or null. */
  public ModjySpec modjy() {
    return modjy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JythonOptions
        && lazyEnviron == ((JythonOptions) other).lazyEnviron
        && Objects.equals(modjy, ((JythonOptions) other).modjy);
  }

  @Override
  public int hashCode() {
    return Objects.hash(lazyEnviron, modjy);
  }
}
