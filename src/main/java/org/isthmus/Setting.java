// One row of the table of settings.
package org.isthmus;

import java.util.function.Function;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** A setting: its name, type, unit, default and help. Immutable. */
final class Setting<T> {
  final String name;
  final String type;
  final String defaultText;
  final String help;
  private final Function<String, T> parser;

  /**
   * Describes a setting.
   *
   * @param name begins with {@code isthmus.}
   * @param type what a value must be, with its unit, as a message says it: "a number of bytes"
   * @param defaultText the value if none is given; null for no value
   * @param help what it does, for docs/settings.md
   * @param parser returns null or throws IllegalArgumentException for a malformed value
   */
  Setting(String name, String type, String defaultText, String help, Function<String, T> parser) {
    this.name = name;
    this.type = type;
    this.defaultText = defaultText;
    this.help = help;
    this.parser = parser;
  }

  /** Returns the value of a text, or of the default if the text is null. */
  T parse(String text) {
    String given = text == null ? defaultText : text.strip();
    if (given == null) {
      return null;
    }
    T value;
    try {
      value = parser.apply(given);
    } catch (IllegalArgumentException e) {
      throw new WsgiException(e, Rule.SETTING_MALFORMED, name, given, type);
    }
    if (value == null) {
      throw new WsgiException(Rule.SETTING_MALFORMED, name, given, type);
    }
    return value;
  }

  /** Returns the environment variable for this setting: ISTHMUS_APP for isthmus.app. */
  String variable() {
    return name.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
  }
}
