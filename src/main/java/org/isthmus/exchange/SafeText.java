// Text that may come from a client, made safe for messages and logs.
package org.isthmus.exchange;

import java.util.Locale;
import java.util.regex.Pattern;

/** Escapes control characters, cuts long values, and puts quotes around them. */
public final class SafeText {
  private static final int LONGEST = 200;

  /**
   * A path parameter such as jsessionid, which would let a reader hijack the session (Servlet
   * 7.1.3).
   */
  private static final Pattern SESSION =
      Pattern.compile("(;[^;/=]*sess[^;/=]*=)[^;/]*", Pattern.CASE_INSENSITIVE);

  private SafeText() {}

  /** Returns the text in single quotes, escaped, cut after 200 characters. */
  public static String quoted(String text) {
    String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return "'" + escaped(start) + (text.length() > LONGEST ? "…" : "") + "'";
  }

  /** Returns the text with every control character except tabs as {@code \xNN}. */
  public static String escaped(String text) {
    int i = 0;
    while (i < text.length() && !isControl(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int j = 0; j < text.length(); j++) {
      char c = text.charAt(j);
      if (isControl(c)) {
        safe.append(String.format(Locale.ROOT, c > 0xFF ? "\\u%04x" : "\\x%02x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  /** Returns a path as sent, without the session ID. */
  static String path(String raw) {
    return raw.indexOf(';') < 0 ? raw : SESSION.matcher(raw).replaceAll("$1…");
  }

  /**
   * Returns multi-line text for one log record: every line escaped, all but the first indented, so
   * that no line can pass for the start of another record.
   */
  public static String lines(String text) {
    int end = text.indexOf('\n');
    if (end < 0) {
      return escaped(text);
    }
    StringBuilder lines = new StringBuilder(text.length() + 64);
    int from = 0;
    for (; end >= 0; end = text.indexOf('\n', from)) {
      lines.append(escaped(text.substring(from, end))).append("\n  ");
      from = end + 1;
    }
    return lines.append(escaped(text.substring(from))).toString();
  }

  /** A tab is harmless in a log; Unicode's line breaks and changes of direction are not. */
  private static boolean isControl(char c) {
    return (Character.isISOControl(c) && c != '\t')
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
