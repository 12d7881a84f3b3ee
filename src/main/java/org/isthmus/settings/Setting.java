// One row of the settings table.
package org.isthmus.settings;

import java.util.Locale;
import java.util.function.Function;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/** A setting: its name, form, unit, default and help. Immutable. */
public final class Setting<T> {
  /** The scope of a value. */
  public enum Reach {
    /** One servlet or filter. */
    COMPONENT,
    /** The single Python of a web application: the component that starts it sets the value. */
    DEPLOYMENT
  }

  public final String name;
  final Form<T> form;
  final String defaultText;
  public final Reach reach;
  final String help;

  /** The form of a value. Immutable. */
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
     * @param description as in messages: "is 'maybe', which is not true or false"
     * @param unit of a number; null for anything else
     * @param pattern for tools that check a value without this class: a regular expression for Java
     *     and Python that matches each whole value; null if any text is allowed
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
   * @param name starts with {@code isthmus.}
   * @param form of a value
   * @param defaultText the value if none is given; null for no value
   * @param reach the scope of a value
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
   * Parses a text.
   *
   * @param where the source of the text, for the message if it is malformed: "the init-param"
   */
  T parse(String text, String where) {
    String given = text.strip();
    try {
      return form.parser.apply(given);
    } catch (IllegalArgumentException e) {
      // Not as its cause, which says no more than the form's description.
      throw new WsgiException(
          Rule.SETTING_MALFORMED, name, where, SafeText.quoted(given), form.description, leftOut());
    }
  }

  /** Returns true if a text is well-formed. */
  public boolean accepts(String text) {
    try {
      return form.parser.apply(text.strip()) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String leftOut() {
    return defaultText == null
        ? ""
        : ", or leave it out for the default, " + SafeText.quoted(defaultText);
  }

  /** Returns the form of a value in one word: text, flag, choice, number, list or lines. */
  public String type() {
    return form.type;
  }

  /** Returns the environment variable for this setting: ISTHMUS_APP for isthmus.app. */
  public String variable() {
    return name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
