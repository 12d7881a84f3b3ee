// One row of the table of settings.
package org.isthmus.settings;

import java.util.Locale;
import java.util.function.Function;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Quoted;

/** A setting: its name, form, unit, default and help. Immutable. */
public final class Setting<T> {
  /** For what a value holds. */
  public enum Reach {
    /** One servlet or filter. */
    COMPONENT,
    /** The one Python of a web application: whoever starts it brings the value. */
    DEPLOYMENT
  }

  public final String name;
  final Form<T> form;
  final String defaultText;
  public final Reach reach;
  final String help;

  /** What a value looks like. Immutable. */
  static final class Form<T> {
    final String type;
    final String description;
    final String unit;
    final String pattern;
    final Function<String, T> parser;

    /**
     * Describes the form of a value.
     *
     * @param type in one word, for docs/settings.md
     * @param description as a message says it: "is 'maybe', which is not true or false"
     * @param unit of a number; null for anything else
     * @param pattern for tools that look at a value without this class: a regular expression of
     *     Java's and Python's, which each value matches as a whole; null if a text can be anything
     * @param parser throws IllegalArgumentException for a malformed value
     */
    Form(String type, String description, String unit, String pattern, Function<String, T> parser) {
      this.type = type;
      this.description = description;
      this.unit = unit;
      this.pattern = pattern;
      this.parser = parser;
    }
  }

  /**
   * Describes a setting.
   *
   * @param name begins with {@code isthmus.}
   * @param form what a value must be
   * @param defaultText the value if none is given; null for no value
   * @param reach for what a value holds
   * @param help what it does, for docs/settings.md
   */
  Setting(String name, Form<T> form, String defaultText, Reach reach, String help) {
    this.name = name;
    this.form = form;
    this.defaultText = defaultText;
    this.reach = reach;
    this.help = help;
  }

  /** Returns the default; null if there is none. */
  T byDefault() {
    return defaultText == null ? null : form.parser.apply(defaultText);
  }

  /**
   * Returns the value of a text.
   *
   * @param where the text stands, for the message if it is malformed: "the init-param"
   */
  T parse(String text, String where) {
    String given = text.strip();
    try {
      return form.parser.apply(given);
    } catch (IllegalArgumentException e) {
      // Not as its cause: it knows no more than the form's description says.
      throw new WsgiException(
          Rule.SETTING_MALFORMED, name, where, Quoted.of(given), form.description, leftOut());
    }
  }

  private String leftOut() {
    return defaultText == null
        ? ""
        : ", or leave it out for the default, " + Quoted.of(defaultText);
  }

  /** Returns the environment variable for this setting: ISTHMUS_APP for isthmus.app. */
  public String variable() {
    return name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
