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
    String set = set(base);
    base.setContentType(type);
    String encoding = set == null ? ofLocale(base, locale) : base.getCharacterEncoding();
    // Jetty ee8 would name the one that it assumes for JSON with whatever type is next.
    base.setCharacterEncoding(null);
    restore(base, before);
    if (set != null) {
      base.setCharacterEncoding(set);
    }
    return encoding;
  }

  /**
   * Returns the encoding that a filter before Python has set, which counts more than a locale, or
   * null. The container names it with a type for which it assumes none.
   */
  private static String set(ServletResponse base) {
    base.setContentType("application/octet-stream");
    return isNamed(base.getContentType()) ? base.getCharacterEncoding() : null;
  }

  private static void restore(ServletResponse base, String type) {
    try {
      base.setContentType(type); // if null, this takes the encoding away, too
    } catch (IllegalStateException e) {
      // Jetty, if a filter before Python has taken the writer: its encoding can no longer change.
    }
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
