// The parameters of a request's query alone, without those of a form.
package org.isthmus.services;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values are UTF-8, as the containers take them. */
final class QueryParameters {
  private QueryParameters() {}

  /**
   * Returns the values by name, in the order of the query.
   *
   * @param query as sent, or null; a part with a malformed escape is left out, as Tomcat does
   */
  static Map<String, String[]> of(String query) {
    Map<String, String[]> found = new LinkedHashMap<>();
    for (String part : query == null ? new String[0] : query.split("&")) {
      String[] pair = pair(part);
      if (pair != null) {
        found.merge(pair[0], new String[] {pair[1]}, QueryParameters::joined);
      }
    }
    return found;
  }

  private static String[] pair(String part) {
    int equals = part.indexOf('=');
    String name = equals < 0 ? part : part.substring(0, equals);
    String value = equals < 0 ? "" : part.substring(equals + 1);
    try {
      return part.isEmpty() ? null : new String[] {decoded(name), decoded(value)};
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String[] joined(String[] some, String[] more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
