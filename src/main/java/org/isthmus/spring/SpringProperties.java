// Spring's properties that begin with isthmus: settings, and the starter's own.
package org.isthmus.spring;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isthmus.errors.Nearest;
import org.isthmus.errors.Rule;
import org.isthmus.settings.Setting;
import org.isthmus.settings.SettingsTable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Names are relaxed as Spring Boot's are: {@code isthmus.max-concurrent} is {@code
 * isthmus.max_concurrent}. Lists and maps of YAML become the text that the setting takes.
 */
final class SpringProperties {
  /** URL patterns of the servlet. */
  static final String PATH = "isthmus.spring.path";

  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("isthmus");

  /**
   * Variables may be anybody's (Kubernetes sets ISTHMUS_SERVICE_HOST); Isthmus reports the others.
   */
  private static final Set<String> NOT_READ_HERE =
      Set.of(
          StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
          StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

  private SpringProperties() {}

  /** Returns the values of all settings that are given, by the settings' names. */
  static Map<String, String> settings(ConfigurableEnvironment environment) {
    Binder binder = Binder.get(environment);
    Map<String, String> settings = new LinkedHashMap<>();
    for (Setting<?> row : SettingsTable.rows()) {
      String text = text(binder, row);
      if (text != null) {
        settings.put(row.name, text);
      }
    }
    return settings;
  }

  private static String text(Binder binder, Setting<?> row) {
    ConfigurationPropertyName name = property(row.name);
    if (row.type().equals("list")) {
      String separator = row == SettingsTable.PYTHON_PATH ? File.pathSeparator : ", ";
      return binder
          .bind(name, Bindable.listOf(String.class))
          .map(items -> String.join(separator, items))
          .orElse(null);
    }
    String text = binder.bind(name, Bindable.of(String.class)).orElse(null);
    if (text == null && row.type().equals("lines")) {
      return binder
          .bind(name, Bindable.mapOf(String.class, String.class))
          .map(SpringProperties::lines)
          .orElse(null);
    }
    // YAML reads an unquoted off as false.
    boolean isOff = "false".equals(text) && !row.accepts(text) && row.accepts("off");
    return isOff ? "off" : text;
  }

  private static String lines(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> pair.getKey() + ": " + pair.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static ConfigurationPropertyName property(String setting) {
    return ConfigurationPropertyName.of(setting.replace('_', '-'));
  }

  /** Warns of each property that begins with isthmus and names nothing. */
  static void warnOfUnknown(ConfigurableEnvironment environment) {
    List<ConfigurationPropertyName> known =
        names().map(SpringProperties::property).collect(Collectors.toList());
    Set<String> unknown = new TreeSet<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      Object under = source.getUnderlyingSource();
      boolean isRead =
          !(under instanceof PropertySource)
              || !NOT_READ_HERE.contains(((PropertySource<?>) under).getName());
      if (isRead && source instanceof IterableConfigurationPropertySource) {
        ((IterableConfigurationPropertySource) source)
            .stream()
                .filter(name -> PREFIX.isAncestorOf(name))
                .filter(
                    name -> known.stream().noneMatch(k -> k.equals(name) || k.isAncestorOf(name)))
                .forEach(name -> unknown.add(name.toString()));
      }
    }
    for (String name : unknown) {
      String suggestion =
          Nearest.of(name, names().map(known1 -> known1.replace('_', '-')))
              .map(near -> " (did you mean '" + near + "'?)")
              .orElse("");
      LOG.log(
          System.Logger.Level.WARNING,
          Rule.PROPERTY_UNKNOWN.message("Spring property", name, suggestion));
    }
  }

  private static Stream<String> names() {
    return Stream.concat(SettingsTable.rows().stream().map(row -> row.name), Stream.of(PATH));
  }
}
