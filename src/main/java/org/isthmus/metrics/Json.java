// Writes JSON: objects, lists, texts and numbers, one after the other.
package org.isthmus.metrics;

import java.util.Locale;

/** Builds JSON text (RFC 8259), and adds commas and quotes. */
final class Json {
  private final StringBuilder text = new StringBuilder();
  private boolean first = true;

  /** Begins an object, as a value. */
  Json object() {
    return open('{');
  }

  /** Ends an object. */
  Json end() {
    return close('}');
  }

  /** Begins a list, as a value. */
  Json list() {
    return open('[');
  }

  /** Ends a list. */
  Json endList() {
    return close(']');
  }

  /** Begins a member of an object; its value follows. */
  Json name(String name) {
    value(name);
    text.append(':');
    first = true;
    return this;
  }

  Json value(String value) {
    separate();
    if (value == null) {
      text.append("null");
      return this;
    }
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      append(value.charAt(i));
    }
    text.append('"');
    return this;
  }

  Json value(long value) {
    separate();
    text.append(value);
    return this;
  }

  Json value(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  /** Six digits are enough for a chart. */
  Json value(double value) {
    separate();
    text.append((float) value);
    return this;
  }

  Json member(String name, String value) {
    return name(name).value(value);
  }

  Json member(String name, long value) {
    return name(name).value(value);
  }

  Json member(String name, boolean value) {
    return name(name).value(value);
  }

  Json member(String name, double value) {
    return name(name).value(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private Json open(char bracket) {
    separate();
    text.append(bracket);
    first = true;
    return this;
  }

  private Json close(char bracket) {
    text.append(bracket);
    first = false;
    return this;
  }

  private void separate() {
    if (!first) {
      text.append(',');
    }
    first = false;
  }

  private void append(char c) {
    // If a browser took this for HTML, it would find no tag; half a surrogate pair is invalid
    // UTF-8.
    if (c < 0x20 || c == '<' || c == '>' || c == '&' || c >= 0x7F) {
      text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else {
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
  }
}
