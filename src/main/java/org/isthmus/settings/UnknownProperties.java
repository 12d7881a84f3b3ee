// Warns of system properties that look like settings and are none.
package org.isthmus.settings;

import java.util.Collection;
import java.util.TreeSet;
import org.isthmus.errors.Rule;

/**
 * A warning and not an error, as an unknown init-param is: system properties belong to the whole
 * JVM, and may be those of another web application's Isthmus.
 */
public final class UnknownProperties {
  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final String PREFIX = "isthmus.";

  /** Of the starter for Spring Boot. */
  private static final String SPRING = "isthmus.spring.";

  private UnknownProperties() {}

  /**
   * Logs each unknown name once.
   *
   * @param names of all system properties
   */
  public static void warn(Collection<String> names) {
    for (String name : new TreeSet<>(names)) {
      boolean isKnown =
          !name.startsWith(PREFIX)
              || name.startsWith(SPRING)
              || SettingsTable.rows().stream().anyMatch(row -> row.name.equals(name));
      if (!isKnown) {
        String near = Settings.suggestion(name);
        String text = Rule.PROPERTY_UNKNOWN.message("system property", name, near);
        LOG.log(System.Logger.Level.WARNING, text);
      }
    }
  }
}
