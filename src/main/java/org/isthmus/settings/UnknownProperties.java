// Warns of system properties and environment variables that look like settings but are not.
package org.isthmus.settings;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.isthmus.errors.Nearest;
import org.isthmus.errors.Rule;

/**
 * A warning and not an error, as an unknown init-param is: these belong to the whole JVM, and may
 * be those of another web application's Isthmus.
 */
public final class UnknownProperties {
  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final String PREFIX = "isthmus.";

  /** Of the starter for Spring Boot. */
  private static final String SPRING = "isthmus.spring.";

  private static final String VARIABLES = "ISTHMUS_";
  private static final String SPRING_VARIABLES = "ISTHMUS_SPRING_";

  /** Of the tool, which may have started this JVM. */
  private static final Set<String> OF_THE_TOOL = Set.of("ISTHMUS_CACHE", "ISTHMUS_COMPLETE");

  /** What Kubernetes sets for a Service whose name begins with "isthmus". */
  private static final Pattern OF_KUBERNETES =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_.*)?)");

  private UnknownProperties() {}

  /**
   * Logs each unknown name once.
   *
   * @param properties the names of all system properties
   * @param variables the names of all environment variables
   */
  public static void warn(Collection<String> properties, Collection<String> variables) {
    for (String name : new TreeSet<>(properties)) {
      if (name.startsWith(PREFIX) && !name.startsWith(SPRING)) {
        warn("system property", name, row -> row.name);
      }
    }
    for (String name : new TreeSet<>(variables)) {
      boolean isAnothers =
          OF_THE_TOOL.contains(name)
              || OF_KUBERNETES.matcher(name).matches()
              || name.startsWith(SPRING_VARIABLES)
              || isRelaxed(name);
      if (name.startsWith(VARIABLES) && !isAnothers) {
        warn("environment variable", name, Setting::variable);
      }
    }
  }

  /**
   * Returns true for a setting's name as Spring Boot has it in the environment: without dashes,
   * such as ISTHMUS_DATADIR for isthmus.data-dir (Externalized Configuration, "Relaxed Binding").
   */
  private static boolean isRelaxed(String name) {
    String joined = name.replace("_", "");
    return SettingsTable.rows().stream()
        .anyMatch(row -> row.variable().replace("_", "").equals(joined));
  }

  private static void warn(String kind, String name, Function<Setting<?>, String> named) {
    if (SettingsTable.rows().stream().noneMatch(row -> named.apply(row).equals(name))) {
      String near =
          Nearest.of(name, SettingsTable.rows().stream().map(named))
              .map(known -> " (did you mean '" + known + "'?)")
              .orElse("");
      LOG.log(System.Logger.Level.WARNING, Rule.PROPERTY_UNKNOWN.message(kind, name, near));
    }
  }
}
