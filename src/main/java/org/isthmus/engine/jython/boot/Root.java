// Replaces the methods of String that depend on the JVM's locale, in Jython's classes.
package org.isthmus.engine.jython.boot;

import java.util.Locale;

/**
 * Locale-independent, as in Python. Public because it is called from Jython's packages ({@link
 * RootLocale}).
 */
public final class Root {
  private Root() {}

  /** In place of {@code text.toLowerCase()}. */
  public static String toLowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** In place of {@code text.toUpperCase()}. */
  public static String toUpperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** In place of {@code String.format(pattern, values)}. */
  public static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
