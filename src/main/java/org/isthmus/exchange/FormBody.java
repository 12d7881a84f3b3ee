// A urlencoded form's body, rebuilt from the parameters that Java code has parsed.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The inverse of {@code getParameterMap} for a form post.
 *
 * <p>Escapes only what would be misread, so the result is never longer than what was sent.
 */
final class FormBody {
  private FormBody() {}

  /** Returns the body's octets, or null if the request is not a urlencoded form. */
  static String rebuilt(HttpServletRequest request, String queryString) {
    String type = request.getContentType();
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      return null;
    }
    Charset charset = charset(request);
    Map<String, Integer> inQuery = occurrences(queryString);
    StringBuilder body = new StringBuilder();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              // The query's values come before the body's (Servlet 5.0, 3.1).
              for (int i = inQuery.getOrDefault(name, 0); i < values.length; i++) {
                body.append(body.length() == 0 ? "" : "&");
                append(body, name, charset, true);
                body.append('=');
                append(body, values[i], charset, false);
              }
            });
    return body.toString();
  }

  private static Charset charset(HttpServletRequest request) {
    String named = request.getCharacterEncoding();
    if (named == null) {
      named = request.getServletContext().getRequestCharacterEncoding();
    }
    if (named != null) {
      return Charset.forName(named);
    }
    // Servlet 5.0, 3.12 says ISO-8859-1; Jetty decodes forms as UTF-8 nevertheless.
    boolean jetty =
        request.getServletContext().getServerInfo().toLowerCase(Locale.ROOT).startsWith("jetty");
    return jetty ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
  }

  private static Map<String, Integer> occurrences(String queryString) {
    Map<String, Integer> count = new HashMap<>();
    if (queryString != null && !queryString.isEmpty()) {
      for (String pair : queryString.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!name.isEmpty()) {
          String octets = Octets.percentDecoded(name.replace('+', ' '));
          byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
          count.merge(new String(bytes, StandardCharsets.UTF_8), 1, Integer::sum);
        }
      }
    }
    return count;
  }

  private static void append(StringBuilder body, String text, Charset charset, boolean isName) {
    for (byte octet : text.getBytes(charset)) {
      char c = (char) (octet & 0xFF);
      if (c == ' ') {
        body.append('+');
      } else if (c == '%' || c == '&' || c == '+' || c == ';' || (isName && c == '=')) {
        body.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      } else {
        body.append(c);
      }
    }
  }
}
