// Masks secrets in values.
package org.isthmus.settings;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hides values whose names say that they are secret, and secrets in URLs and connection parameters.
 */
public final class Masked {
  private static final String MASK = "••••••";

  private static final String NAMES =
      "passw|pwd|secret|token|key|credential|private|salt|signature|dsn|auth";
  private static final Pattern SECRET = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

  /**
   * {@code user:password@} after the scheme of a URL (RFC 3986, 3.2.1), with an unescaped password,
   * including slashes and at signs; a number before the path is a port.
   */
  private static final Pattern PASSWORD =
      Pattern.compile("(://[^/\\s:@?\\[]*:)(?!\\d+(?:[/?#\\s]|$))\\S*@");

  /** {@code token@}, which may be just a user name. */
  private static final Pattern USER = Pattern.compile("(://)[^/\\s:@?#]+@");

  /** {@code jdbc:oracle:thin:user/password@}. */
  private static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:\\w+:[^/@\\s]*/)\\S+@");

  /** {@code password=value} in the parameters of a URL or a list: JDBC's, libpq's, ODBC's. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "([\\w.-]*(?:"
              + NAMES
              + ")[\\w.-]*\\s*=\\s*)"
              + "(?:\\{[^}]*\\}|'[^']*'|\"[^\"]*\"|[^&;,#\\s]+)",
          Pattern.CASE_INSENSITIVE);

  private Masked() {}

  /** Returns a value for display; lines {@code name: value} are masked by their own names. */
  public static String text(String name, String value) {
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
    String masked = line;
    for (Pattern before : List.of(PASSWORD, USER, ORACLE)) {
      masked = before.matcher(masked).replaceAll("$1" + MASK + "@");
    }
    return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
  }
}
