// What Jython's classes call where they called String's methods for the JVM's locale.
package org.isthmus.engine.jython.boot;

import java.util.Locale;

/**
 * As Python: no locale. Public because it is called from Jython's packages ({@link RootLocale}).
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
