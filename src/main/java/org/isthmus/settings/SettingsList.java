// Writes the settings table for the tool: settings.tsv in the wheel.
package org.isthmus.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** One line per setting: its name, the pattern of its values, and their description. */
final class SettingsList {
  private SettingsList() {}

  /** Writes the list into the given file; run by the build. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), text());
  }

  static String text() {
    return SettingsTable.rows().stream().map(SettingsList::line).collect(Collectors.joining());
  }

  private static String line(Setting<?> row) {
    String pattern = row.form.pattern == null ? "" : row.form.pattern;
    return String.join("\t", row.name, pattern, row.form.description) + "\n";
  }
}
