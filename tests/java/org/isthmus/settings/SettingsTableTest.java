package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every row of the table. */
class SettingsTableTest {
  static List<Setting<?>> rows() {
    return SettingsTable.rows();
  }

  @Test
  void everySettingThatIsDefinedIsARow() throws ReflectiveOperationException {
    Set<Object> defined = new HashSet<>();
    for (Class<?> table :
        List.of(
            SettingsTable.class,
            ConcurrencySettings.class,
            JythonSettings.class,
            CPythonSettings.class,
            MonitoringSettings.class,
            SubmitSettings.class,
            FilterSettings.class)) {
      for (java.lang.reflect.Field field : table.getDeclaredFields()) {
        if (field.getType() == Setting.class && Modifier.isStatic(field.getModifiers())) {
          defined.add(field.get(null));
        }
      }
    }
    assertEquals(defined, new HashSet<>(rows()));
    assertEquals(defined.size(), rows().size());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void nameIsLowerCaseBelowIsthmus(Setting<?> row) {
    assertTrue(row.name.matches("isthmus(\\.[a-z][a-z_]*)+"), row.name);
  }

  /** A prefix could not be told from a group of settings, as in java.util.Properties or YAML. */
  @ParameterizedTest
  @MethodSource("rows")
  void noNameIsAPrefixOfAnother(Setting<?> row) {
    List<String> begun =
        rows().stream()
            .map(other -> other.name)
            .filter(name -> name.startsWith(row.name))
            .collect(Collectors.toList());
    assertEquals(List.of(row.name), begun);
  }

  @Test
  void environmentVariablesAreDistinct() {
    Set<String> variables = rows().stream().map(Setting::variable).collect(Collectors.toSet());
    assertEquals(rows().size(), variables.size());
    assertEquals("ISTHMUS_APP", SettingsTable.APP.variable());
    assertEquals("ISTHMUS_REQUEST_MAX_BODY", SettingsTable.MAX_BODY.variable());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasADescriptionOfItsFormAndHelp(Setting<?> row) {
    assertFalse(row.form.description.isBlank(), row.name);
    assertFalse(row.form.description.endsWith("."), row.name);
    assertTrue(row.help.endsWith("."), row.name);
  }

  @Test
  void numbersHaveAUnit() {
    List<String> withUnit =
        rows().stream()
            .filter(row -> row.form.unit != null)
            .map(row -> row.name + " in " + row.form.unit)
            .collect(Collectors.toList());
    assertEquals(
        Arrays.asList(
            "isthmus.pool.max in interpreters",
            "isthmus.pool.min in interpreters",
            "isthmus.pool.acquire_timeout in seconds",
            "isthmus.max_concurrent in requests",
            "isthmus.queue_timeout in seconds",
            "isthmus.slow in seconds",
            "isthmus.timeout in seconds",
            "isthmus.drain in seconds",
            "isthmus.request.max_body in bytes",
            "isthmus.request.hold_body in bytes",
            "isthmus.workers in processes",
            "isthmus.worker.threads in threads",
            "isthmus.worker.max_requests in requests",
            "isthmus.worker.max_memory in bytes",
            "isthmus.worker.start_timeout in seconds",
            "isthmus.submit.threads in threads",
            "isthmus.submit.max_queue in tasks"),
        withUnit);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void defaultIsWellFormed(Setting<?> row) {
    assertEquals(row.defaultText == null, row.byDefault() == null, row.name);
  }

  /** Tools that look at web.xml know values by this pattern alone. */
  @ParameterizedTest
  @MethodSource("rows")
  void patternAdmitsWhatTheParserDoes(Setting<?> row) {
    for (String text :
        List.of(
            "",
            "true",
            "TRUE",
            "maybe",
            "1",
            "0.5",
            "-1",
            "10m",
            "1000000",
            "9.9999",
            "fail",
            "a: b\n\n c:d",
            ":",
            "a:b\nc",
            "b, c")) {
      // Which events there are, the pattern does not say.
      if (row.form.pattern != null && row != SettingsTable.EVENTS) {
        assertEquals(parses(row, text), text.matches(row.form.pattern), row.name + " " + text);
      }
    }
  }

  @Test
  void listForToolsHasALineForEachRow() {
    List<String> lines = SettingsList.text().lines().collect(Collectors.toList());
    assertEquals(rows().size(), lines.size());
    lines.forEach(line -> assertEquals(3, line.split("\t").length, line));
  }

  private static boolean parses(Setting<?> row, String text) {
    try {
      return row.form.parser.apply(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
