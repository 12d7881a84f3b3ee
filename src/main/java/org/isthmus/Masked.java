// Values without what is secret in them.
package org.isthmus;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hides what a name says is secret, and the password of a URL. */
final class Masked {
  private static final String MASK = "••••••";

  private static final Pattern SECRET =
      Pattern.compile(
          "passw|pwd|secret|token|key|credential|private|salt|signature|dsn|auth",
          Pattern.CASE_INSENSITIVE);

  /** {@code user:password@} after the scheme of a URL (RFC 3986, 3.2.1). */
  private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]*):[^/\\s@]+@");

  private Masked() {}

  /** Returns a value as people may see it; of lines {@code name: value} each by its own name. */
  static String text(String name, String value) {
    if (SECRET.matcher(name).find()) {
      return MASK;
    }
    return Arrays.stream(value.split("[\\r\\n]+"))
        .map(line -> line(line.strip()))
        .collect(Collectors.joining("\n"));
  }

  private static String line(String line) {
    int colon = line.indexOf(':');
    if (colon > 0 && SECRET.matcher(line.substring(0, colon)).find()) {
      return line.substring(0, colon) + ": " + MASK;
    }
    return IN_URL.matcher(line).replaceAll("$1:" + MASK + "@");
  }
}
