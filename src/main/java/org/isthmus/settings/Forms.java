// Converts the text of a setting into a value.
package org.isthmus.settings;

import java.io.File;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.isthmus.settings.Setting.Form;
import org.isthmus.watch.FilePatterns;

/** The forms of values; each parser throws IllegalArgumentException for malformed text. */
final class Forms {
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,5}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,3})?");
  private static final Pattern SIZE = Pattern.compile("([0-9]+)([kKmMgG]?)");

  /** Lines that are empty, or have a colon preceded by something. */
  private static final String LINES = "(\\s*[^:\\s][^:\\r\\n]*:[^\\r\\n]*([\\r\\n]|$))*\\s*";

  private Forms() {}

  /** Text that is not empty. */
  static Form<String> text(String description) {
    return new Form<>(
        "text",
        description,
        null,
        "(?s).+",
        text -> {
          require(!text.isEmpty());
          return text;
        });
  }

  /** {@code true} or {@code false}, in any case. */
  static Form<Boolean> flag() {
    return choice("flag", List.of("true", "false"), "true"::equals);
  }

  /**
   * One of several words, in any case.
   *
   * @param words as documented
   * @param value converts one of these words
   */
  static <T> Form<T> choice(List<String> words, Function<String, T> value) {
    return choice("choice", words, value);
  }

  private static <T> Form<T> choice(String type, List<String> words, Function<String, T> value) {
    int last = words.size() - 1;
    String description = String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    return new Form<>(
        type,
        description,
        null,
        "(?i)" + String.join("|", words),
        text -> {
          for (String word : words) {
            if (word.equalsIgnoreCase(text)) {
              return value.apply(word);
            }
          }
          throw new IllegalArgumentException(text);
        });
  }

  /** A number of bytes; -1 means no limit. */
  static Form<Long> size() {
    return new Form<>(
        "number",
        "a whole number of bytes, with k, m or g for 1024, 1024² or 1024³, or -1 for no limit",
        "bytes",
        "-1|" + SIZE.pattern(),
        Forms::bytes);
  }

  /**
   * A count, at least one.
   *
   * @param unit what is counted
   */
  static Form<Integer> count(String unit) {
    return new Form<>(
        "number",
        "a whole number from 1 to 999999",
        unit,
        COUNT.pattern(),
        text -> {
          require(COUNT.matcher(text).matches());
          return Integer.valueOf(text);
        });
  }

  /**
   * A time in seconds, to the millisecond.
   *
   * @param orNone true if it may be 0
   */
  static Form<Duration> seconds(boolean orNone) {
    String min = orNone ? "0" : "0.001";
    return new Form<>(
        "number",
        "a number of seconds from " + min + " to 999999, such as 30 or 0.5",
        "seconds",
        SECONDS.pattern(),
        text -> {
          require(SECONDS.matcher(text).matches());
          Duration time = Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
          require(orNone || !time.isZero());
          return time;
        });
  }

  /** Names, separated by commas, converted to lower case. */
  static Form<Set<String>> names(String description) {
    return new Form<>(
        "list",
        description,
        null,
        null,
        text -> new TreeSet<>(list(text.toLowerCase(Locale.ROOT), ",")));
  }

  /** Items, separated by commas. */
  static Form<List<String>> list(String description) {
    return new Form<>("list", description, null, null, text -> list(text, ","));
  }

  /** The path of a file. */
  static Form<Path> file() {
    return new Form<>(
        "text",
        "a file",
        null,
        null,
        text -> {
          require(!text.isEmpty());
          return Path.of(text);
        });
  }

  /** Names of files and glob patterns, separated by commas. */
  static Form<List<String>> patterns(String description) {
    return new Form<>(
        "list",
        description,
        null,
        null,
        text -> {
          List<String> patterns = list(text, ",");
          require(patterns.stream().allMatch(FilePatterns::isOne));
          return patterns;
        });
  }

  /** Files, separated as on the platform's class path. */
  static Form<List<String>> paths(String description) {
    return new Form<>("list", description, null, null, text -> list(text, File.pathSeparator));
  }

  /** Lines of the form {@code name: value}; for equal names, the last wins. */
  static Form<Map<String, String>> pairs() {
    return new Form<>("lines", "lines of the form 'name: value'", null, LINES, Forms::pairs);
  }

  /** Lines of the form {@code event: module:callable, module:callable}. */
  static Form<Map<String, List<String>>> listeners(List<String> events) {
    return new Form<>(
        "lines",
        "lines of the form 'event: package.module:callable', with the events "
            + String.join(", ", events),
        null,
        LINES,
        text -> {
          Map<String, List<String>> listeners = new LinkedHashMap<>();
          pairs(text).forEach((event, names) -> listeners.put(event, list(names, ",")));
          require(events.containsAll(listeners.keySet()));
          listeners.values().forEach(names -> names.forEach(Forms::requireCallable));
          return listeners;
        });
  }

  private static void requireCallable(String name) {
    require(name.matches("\\w+(\\.\\w+)*:\\w+(\\.\\w+)*"));
  }

  private static long bytes(String text) {
    if (text.equals("-1")) {
      return -1;
    }
    Matcher size = SIZE.matcher(text);
    require(size.matches());
    String suffix = size.group(2).toLowerCase(Locale.ROOT);
    long unit = suffix.isEmpty() ? 1 : 1L << (10 * ("kmg".indexOf(suffix) + 1));
    long number = Long.parseLong(size.group(1));
    require(number <= Long.MAX_VALUE / unit);
    return number * unit;
  }

  private static List<String> list(String text, String separator) {
    return Pattern.compile(separator, Pattern.LITERAL)
        .splitAsStream(text)
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : list(text.replace('\r', '\n'), "\n")) {
      int colon = line.indexOf(':');
      require(colon > 0);
      pairs.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return pairs;
  }

  private static void require(boolean wellFormed) {
    if (!wellFormed) {
      throw new IllegalArgumentException();
    }
  }
}
