// Writes the settings for IDEs that complete Spring Boot's properties.
package org.isthmus.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The starter's spring-configuration-metadata.json, in the format of Spring Boot ("Configuration
 * Metadata"). Names are in kebab case there.
 */
final class SettingsMetadata {
  private static final String PATH_HELP =
      "The paths that Python answers: URL patterns of the Servlet specification, separated by"
          + " commas. By default, all.";

  private SettingsMetadata() {}

  /** Writes the file, and the directories above it; run by the build. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text());
  }

  static String text() {
    String properties =
        SettingsTable.rows().stream()
            .map(SettingsMetadata::property)
            .collect(Collectors.joining(",\n    "));
    String hints =
        SettingsTable.rows().stream()
            .filter(row -> row.type().equals("choice"))
            .map(SettingsMetadata::hint)
            .collect(Collectors.joining(",\n    "));
    String path =
        property("isthmus.spring.path", "java.util.List<java.lang.String>", PATH_HELP, "/*");
    return "{\n  \"properties\": [\n    "
        + properties
        + ",\n    "
        + path
        + "\n  ],\n  \"hints\": [\n    "
        + hints
        + "\n  ]\n}\n";
  }

  private static String property(Setting<?> row) {
    return property(name(row), type(row), plain(row.help), row.defaultText);
  }

  private static String property(String name, String type, String help, String byDefault) {
    String end = byDefault == null ? "" : ", \"defaultValue\": " + quoted(byDefault);
    return String.format(
        Locale.ROOT,
        "{\"name\": %s, \"type\": %s, \"description\": %s%s}",
        quoted(name),
        quoted(type),
        quoted(help),
        end);
  }

  private static String hint(Setting<?> row) {
    String words = row.form.pattern.replaceFirst("^\\(\\?i\\)", "");
    String values =
        Arrays.stream(words.split("\\|"))
            .map(word -> "{\"value\": " + quoted(word) + "}")
            .collect(Collectors.joining(", "));
    return "{\"name\": " + quoted(name(row)) + ", \"values\": [" + values + "]}";
  }

  private static String name(Setting<?> row) {
    return row.name.replace('_', '-');
  }

  private static String type(Setting<?> row) {
    switch (row.type()) {
      case "flag":
        return "java.lang.Boolean";
      case "list":
        return "java.util.List<java.lang.String>";
      case "lines":
        return "java.util.Map<java.lang.String,java.lang.String>";
      default:
        // Numbers too: many have a suffix, or a fraction.
        return "java.lang.String";
    }
  }

  /** Without Markdown's links, which no IDE follows here. */
  private static String plain(String help) {
    return help.replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
