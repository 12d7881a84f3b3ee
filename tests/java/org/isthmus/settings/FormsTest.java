package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isthmus.settings.Setting.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values from ugly text. */
class FormsTest {
  private static final Form<Map<String, List<String>>> LISTENERS =
      Forms.listeners(List.of("began", "ended"));

  @Test
  void listenersAreCallablesOfEvents() {
    assertEquals(
        Map.of("began", List.of("a.b:c", "d:e.f"), "ended", List.of("g:h")),
        LISTENERS.parser.apply("\n began: a.b:c, d:e.f\n\tended:g:h\n"));
    assertEquals(Map.of(), LISTENERS.parser.apply(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"begun: a:b", "began", "began: a", "began: a:b()", "began: a:", "x:y:z"})
  void listenersOfNothingAreNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> LISTENERS.parser.apply(text));
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "0.5, 500", "0.001, 1", "30, 30000", "999999, 999999000", "007, 7000"})
  void secondsMayHaveDecimals(String text, long milliseconds) {
    assertEquals(Duration.ofMillis(milliseconds), Forms.seconds(false).parser.apply(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1s", "1e3", ".5", "5.", "0.0001", "1000000", "\u0661"})
  void otherTextIsNoNumberOfSeconds(String text) {
    assertThrows(
        IllegalArgumentException.class, () -> Forms.seconds(true).parser.apply(text), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "0.000"})
  void noTimeIsATimeOnlyWhereItMakesSense(String text) {
    assertEquals(Duration.ZERO, Forms.seconds(true).parser.apply(text));
    assertThrows(
        IllegalArgumentException.class, () -> Forms.seconds(false).parser.apply(text), text);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "25, 25", "999999, 999999"})
  void countIsAWholeNumber(String text, int number) {
    assertEquals(number, Forms.count("things").parser.apply(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "00", "01", "-1", "1.5", "1k", "1000000", "\u0661", "ten"})
  void otherTextIsNoCount(String text) {
    assertThrows(
        IllegalArgumentException.class, () -> Forms.count("things").parser.apply(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "007, 7",
    "-1, -1",
    "1k, 1024",
    "1K, 1024",
    "3m, 3145728",
    "2G, 2147483648",
    "9223372036854775807, 9223372036854775807",
    "8589934591g, 9223372035781033984",
  })
  void sizeIsABytesNumberWithAnOptionalUnit(String text, long bytes) {
    assertEquals(bytes, Forms.size().parser.apply(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "k",
        "-2",
        "-0",
        "+5",
        "-1k",
        "1 k",
        "1kk",
        "1kb",
        "1t",
        "1.5m",
        "1e3",
        "0x10",
        "1_000",
        "1,000",
        "9223372036854775808",
        "8589934592g",
        "99999999999999999999k",
        "\u0661\u0662", // Arabic digits, which Long.parseLong takes
        "1\u212A", // the Kelvin sign, a k in lower case
        "ten",
      })
  void sizeRefusesAnythingElse(String text) {
    refuses(Forms.size(), text);
  }

  @Test
  void flagIsTrueOrFalseInAnyCase() {
    assertEquals(true, Forms.flag().parser.apply("true"));
    assertEquals(true, Forms.flag().parser.apply("TRUE"));
    assertEquals(false, Forms.flag().parser.apply("False"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0", "yes", "no", "on", "t", "tru", "true false", "null"})
  void flagRefusesAnythingElse(String text) {
    refuses(Forms.flag(), text);
  }

  @Test
  void choiceIsOneOfItsWordsInAnyCase() {
    Form<String> form = Forms.choice(List.of("drop", "refuse", "allow"), word -> word);
    assertEquals("refuse", form.parser.apply("REFUSE"));
    assertEquals("drop, refuse or allow", form.description);
    refuses(form, "dr");
    refuses(form, "");
  }

  @Test
  void textIsNotEmpty() {
    assertEquals("x", Forms.text("a word").parser.apply("x"));
    refuses(Forms.text("a word"), "");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "''|",
        "'  '|",
        "','|",
        "' , ,, '|",
        "'a'|a",
        "' a , b '|a;b",
        "',a,,b,'|a;b",
        "'a b,c'|a b;c",
        "'b,a,b'|b;a;b",
      },
      delimiter = '|')
  void listDropsWhatIsBlankAndKeepsTheOrder(String text, String items) {
    List<String> expected = items == null ? List.of() : List.of(items.split(";", -1));
    assertEquals(expected, Forms.list("items").parser.apply(text));
  }

  @Test
  void namesAreInLowerCase() {
    Set<String> names = Forms.names("names").parser.apply("X_Real_IP, x_real_ip ,A");
    assertEquals(List.of("a", "x_real_ip"), new ArrayList<>(names));
  }

  @Test
  void pathsAreSeparatedAsOnThisPlatform() {
    String text = String.join(File.pathSeparator, "/a b", "", " lib.zip ", "c,d");
    assertEquals(List.of("/a b", "lib.zip", "c,d"), Forms.paths("paths").parser.apply(text));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "''|",
        "'\n \n\t\n'|",
        "'a: 1'|a=1",
        "'a:1'|a=1",
        "'  a\t:  1  '|a=1",
        "'a: 1\nb: 2'|a=1;b=2",
        "'a: 1\r\nb: 2\r\n'|a=1;b=2",
        "'a: 1\rb: 2'|a=1;b=2",
        "'url: http://x:1/'|url=http://x:1/",
        "'empty:'|empty=",
        "'b: 1\na: 2\nb: 3'|b=3;a=2",
        "'x: café'|x=café",
      },
      delimiter = '|')
  void pairsAreLinesOfNameColonValue(String text, String pairs) {
    Map<String, String> parsed = Forms.pairs().parser.apply(text);
    List<String> shown = new ArrayList<>();
    parsed.forEach((name, value) -> shown.add(name + "=" + value));
    assertEquals(pairs == null ? "" : pairs, String.join(";", shown));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ":", ": 1", "  : 1", "a: 1\nb", "a=1", "a: 1\n:"})
  void pairsRefuseALineWithoutAName(String text) {
    refuses(Forms.pairs(), text);
  }

  private static void refuses(Form<?> form, String text) {
    assertThrows(IllegalArgumentException.class, () -> form.parser.apply(text));
  }
}
