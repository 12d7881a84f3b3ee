// Writes the table of settings into docs/settings.md: scripts/docs.
package org.isthmus.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** The generated part of docs/settings.md, between two comments; the rest is written by hand. */
final class SettingsPage {
  static final Path FILE = Path.of("docs", "settings.md");
  private static final String BEGIN =
      "<!-- generated from SettingsTable.java by scripts/docs -->\n";
  private static final String END = "<!-- end of what is generated -->\n";

  private SettingsPage() {}

  /** Rewrites the page; run in the project's directory. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(FILE, of(Files.readString(FILE)));
  }

  /** Returns a page with its generated part brought up to date. */
  static String of(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(FILE + " has lost the comments around its table");
    }
    return page.substring(0, begin) + BEGIN + generated() + page.substring(end);
  }

  private static String generated() {
    String rows =
        SettingsTable.rows().stream().map(SettingsPage::row).collect(Collectors.joining());
    String sections =
        SettingsTable.rows().stream().map(SettingsPage::section).collect(Collectors.joining());
    return """

        | Setting | Type | Unit | Default | Holds for |
        | --- | --- | --- | --- | --- |
        """
        + rows
        + sections
        + "\n";
  }

  private static String row(Setting<?> row) {
    return String.format(
        Locale.ROOT,
        "| [`%s`](#%s) | %s | %s | %s | %s |\n",
        row.name,
        anchor(row),
        row.form.type,
        row.form.unit == null ? "" : row.form.unit,
        byDefault(row),
        reach(row));
  }

  private static String section(Setting<?> row) {
    return String.format(
        Locale.ROOT,
        """

        ### %s

        %s

        * **Value:** %s.
        * **Default:** %s.
        * **Where:** %s; system property `%s`; environment variable `%s`.
        """,
        row.name,
        row.help,
        row.form.description,
        byDefault(row),
        where(row),
        row.name,
        row.variable());
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(Setting<?> row) {
    return row.name.replace(".", "");
  }

  private static String byDefault(Setting<?> row) {
    if (row.defaultText == null) {
      return "none";
    }
    return row.defaultText.isEmpty() ? "empty" : "`" + row.defaultText + "`";
  }

  private static String reach(Setting<?> row) {
    return row.reach == Setting.Reach.DEPLOYMENT ? "the web application" : "one servlet or filter";
  }

  private static String where(Setting<?> row) {
    return row.reach == Setting.Reach.DEPLOYMENT
        ? "context-param; init-param of the servlet or filter that is started first"
        : "init-param of a servlet or filter; context-param";
  }
}
