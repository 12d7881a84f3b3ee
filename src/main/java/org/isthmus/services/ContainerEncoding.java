// The character encoding in which the container would write a text.
package org.isthmus.services;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;

/**
 * Asks the container's own response, which knows the defaults of web.xml and of its locales
 * (Servlet 5.0, 5.5): on Jetty they also depend on the content type. It then has what it had
 * before, because its head will be Python's.
 */
final class ContainerEncoding {
  private ContainerEncoding() {}

  /**
   * Returns the name of the encoding.
   *
   * @param type without a charset, or null
   * @param locale that Java code has set, or null
   */
  static String of(HttpServletResponse response, String type, Locale locale) {
    ServletResponse base = HiddenResponse.base(response);
    if (type == null) {
      return ofLocale(base, locale);
    }
    String before = base.getContentType();
    base.setContentType(type);
    // A filter before Python has set it, which counts more than a locale.
    boolean isSet = isNamed(base.getContentType());
    String encoding = isSet ? base.getCharacterEncoding() : ofLocale(base, locale);
    base.setContentType(before); // if null, this takes the encoding away, too
    if (isSet) {
      base.setCharacterEncoding(encoding);
    }
    return encoding;
  }

  private static boolean isNamed(String type) {
    return type != null && type.toLowerCase(Locale.ROOT).contains("charset=");
  }

  private static String ofLocale(ServletResponse base, Locale locale) {
    if (locale == null) {
      return base.getCharacterEncoding();
    }
    base.setLocale(locale);
    String encoding = base.getCharacterEncoding();
    base.setLocale(null);
    return encoding;
  }
}
