// The only types that a session holds: those of java.lang, java.util and java.time.
package org.isthmus.services;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/**
 * Plain values are null, Boolean, Long, BigInteger, Double, String, byte[], ArrayList,
 * LinkedHashMap with String keys, LocalDateTime (a datetime without a zone) and OffsetDateTime (one
 * with a zone).
 *
 * <p>All are Serializable, and known to every JVM, whatever class loader reads them: a container
 * can keep and replicate them.
 */
public final class PlainValues {
  /** How deep lists and maps may be nested, so that none contains itself. */
  public static final int MAX_DEPTH = 100;

  private PlainValues() {}

  /** Returns the name of a key's value in messages. */
  public static String place(String key) {
    return place("session", key);
  }

  /** Returns the name of an item of a dict in messages. */
  public static String place(String dict, String key) {
    return dict + "[" + SafeText.quoted(key) + "]";
  }

  /**
   * Returns what an attribute holds for a plain value. None is an empty array, which EL calls empty
   * as well: setting an attribute to null would remove it (Servlet, HttpSession.setAttribute).
   */
  public static Object stored(Object plain) {
    return plain == null ? new Object[0] : plain;
  }

  /**
   * Returns the plain form of an attribute, which Java code may have set.
   *
   * @param where it was found, for the message
   * @throws WsgiException if it has none
   */
  public static Object read(Object attribute, String where) {
    if (isNone(attribute)) {
      return null;
    }
    return plain(attribute, where, 0);
  }

  /** Returns true if {@link #read} has a value for an attribute. */
  public static boolean isReadable(Object attribute) {
    try {
      return attribute != null && (isNone(attribute) || plain(attribute, "", 0) != null);
    } catch (WsgiException e) {
      return false;
    }
  }

  private static boolean isNone(Object attribute) {
    return attribute.getClass() == Object[].class && ((Object[]) attribute).length == 0;
  }

  private static Object plain(Object value, String where, int depth) {
    if (value instanceof Collection && depth < MAX_DEPTH) {
      return list((Collection<?>) value, where, depth);
    }
    if (value instanceof Object[] && depth < MAX_DEPTH) {
      return list(Arrays.asList((Object[]) value), where, depth);
    }
    if (value instanceof Map && depth < MAX_DEPTH) {
      return map((Map<?, ?>) value, where, depth);
    }
    Object scalar = scalar(value);
    if (scalar == null && value != null) {
      throw unreadable(where, value.getClass().getName());
    }
    return scalar instanceof String ? text((String) scalar, where) : scalar;
  }

  private static String text(String text, String where) {
    if (!isText(text)) {
      throw unreadable(where, "java.lang.String with half of a surrogate pair");
    }
    return text;
  }

  /** Returns true for a String that Python can have: each surrogate is one of a pair. */
  static boolean isText(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private static WsgiException unreadable(String where, String what) {
    return new WsgiException(Rule.SESSION_VALUE_UNREADABLE, where, what);
  }

  private static List<Object> list(Collection<?> values, String where, int depth) {
    List<Object> list = new ArrayList<>(values.size());
    for (Object value : values) {
      list.add(plain(value, where, depth + 1));
    }
    return list;
  }

  private static Map<String, Object> map(Map<?, ?> values, String where, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (!(key instanceof String)) {
            String type = key == null ? "null" : key.getClass().getName();
            throw unreadable(where, "map with a key of " + type);
          }
          map.put(text((String) key, where), plain(value, where, depth + 1));
        });
    return map;
  }

  private static Object scalar(Object value) {
    if (value instanceof CharSequence || value instanceof Character || value instanceof Enum) {
      return value.toString();
    }
    if (value instanceof Number) {
      return number((Number) value);
    }
    if (value instanceof Boolean || value instanceof byte[]) {
      return value;
    }
    return time(value);
  }

  private static Object number(Number value) {
    if (value instanceof Double || value instanceof Float) {
      return value.doubleValue();
    }
    if (value instanceof BigInteger) {
      return whole((BigInteger) value);
    }
    boolean small =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte;
    // A BigDecimal has no equal in Python's plain types.
    return small ? Long.valueOf(value.longValue()) : null;
  }

  /** Returns a Long if it is large enough, so that each number has one form. */
  public static Number whole(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }

  @SuppressWarnings("JavaUtilDate") // what older Java code stores
  private static Object time(Object value) {
    if (value instanceof LocalDateTime || value instanceof OffsetDateTime) {
      int year = ((Temporal) value).get(ChronoField.YEAR);
      return year >= 1 && year <= 9999 ? value : null; // Python's datetime has no others
    }
    if (value instanceof ZonedDateTime) {
      return time(((ZonedDateTime) value).toOffsetDateTime());
    }
    if (value instanceof Calendar) {
      return utc(((Calendar) value).toInstant());
    }
    if (value instanceof Instant) {
      return utc((Instant) value);
    }
    return value instanceof Date ? utc(Instant.ofEpochMilli(((Date) value).getTime())) : null;
  }

  private static Object utc(Instant instant) {
    return time(instant.atOffset(ZoneOffset.UTC));
  }
}
