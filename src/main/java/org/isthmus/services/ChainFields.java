// The header fields of a response, in the order in which they were added.
package org.isthmus.services;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.isthmus.exchange.ResponseHead;

/** Names match in any case (RFC 9110, 5.1). */
final class ChainFields {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
  private static final Pattern BEYOND_LATIN_1 = Pattern.compile("[^\\x00-\\xff]");

  private final List<String[]> pairs = new ArrayList<>();

  /** Returns milliseconds as HTTP writes a date (RFC 9110, 5.6.7). */
  static String date(long milliseconds) {
    return DATE.format(Instant.ofEpochMilli(milliseconds));
  }

  void add(String name, String value) {
    if (value != null) {
      pairs.add(new String[] {name, value});
    }
  }

  /** Replaces all of a name; null removes them. */
  void set(String name, String value) {
    remove(name);
    add(name, value);
  }

  void remove(String name) {
    pairs.removeIf(pair -> pair[0].equalsIgnoreCase(name));
  }

  void clear() {
    pairs.clear();
  }

  List<String> values(String name) {
    List<String> values = new ArrayList<>();
    pairs.stream()
        .filter(pair -> pair[0].equalsIgnoreCase(name))
        .forEach(pair -> values.add(pair[1]));
    return values;
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    pairs.forEach(pair -> names.add(pair[0]));
    return names;
  }

  /**
   * Returns name, value, name, value ... without those of the connection (PEP 3333). Of a value,
   * what a header cannot have becomes a space, or a question mark, as on Jetty.
   */
  List<String> list() {
    List<String> list = new ArrayList<>();
    pairs.stream()
        .filter(pair -> !ResponseHead.isHopByHop(pair[0]))
        .forEach(pair -> list.addAll(List.of(pair[0], sendable(pair[1]))));
    return list;
  }

  /** Returns a value as WSGI takes it. */
  static String sendable(String value) {
    return BEYOND_LATIN_1.matcher(CONTROL.matcher(value).replaceAll(" ")).replaceAll("?");
  }

  /** Returns an IRI as the URI for it (RFC 3987, 3.1). */
  static String uri(String location) {
    StringBuilder uri = new StringBuilder();
    for (byte octet : location.getBytes(StandardCharsets.UTF_8)) {
      if (octet < 0) {
        uri.append(String.format(Locale.ROOT, "%%%02X", octet));
      } else {
        uri.append((char) octet);
      }
    }
    return uri.toString();
  }
}
