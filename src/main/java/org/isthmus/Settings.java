// The settings of one servlet, filter or listener, from wherever a deployer wrote them.
package org.isthmus;

import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Values by name, from the first of: init-params, context-params, system properties, environment
 * variables.
 *
 * <p>Init- and context-params that begin with {@code isthmus.} and name no setting are errors.
 * Other parameters, properties and variables are somebody else's.
 */
final class Settings {
  private static final String PREFIX = "isthmus.";

  private final Function<Setting<?>, String> lookup;

  private Settings(Function<Setting<?>, String> lookup) {
    this.lookup = lookup;
  }

  /**
   * Reads the settings of one component.
   *
   * @param initParams the component's own parameters
   * @param context the web application
   */
  static Settings of(Map<String, String> initParams, ServletContext context) {
    Map<String, String> contextParams = new HashMap<>();
    for (String name : Collections.list(context.getInitParameterNames())) {
      contextParams.put(name, context.getInitParameter(name));
    }
    requireKnown(initParams);
    requireKnown(contextParams);
    return new Settings(
        setting -> {
          String value = initParams.get(setting.name);
          value = value != null ? value : contextParams.get(setting.name);
          value = value != null ? value : System.getProperty(setting.name);
          return value != null ? value : System.getenv(setting.variable());
        });
  }

  /** Returns a setting's value, its default if none is given; null if there is no default. */
  <T> T get(Setting<T> setting) {
    return setting.parse(lookup.apply(setting));
  }

  private static void requireKnown(Map<String, String> params) {
    for (String name : params.keySet()) {
      if (name.startsWith(PREFIX)
          && SettingsTable.rows().stream().noneMatch(row -> row.name.equals(name))) {
        throw new WsgiException(Rule.SETTING_UNKNOWN, name, suggestion(name));
      }
    }
  }

  private static String suggestion(String name) {
    return SettingsTable.rows().stream()
        .map(row -> row.name)
        .min(java.util.Comparator.comparingInt(known -> distance(name, known)))
        .filter(known -> distance(name, known) <= 6)
        .map(known -> " (did you mean '" + known + "'?)")
        .orElse("");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
