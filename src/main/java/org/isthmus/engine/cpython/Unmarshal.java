// Reads simple values in Python's marshal format.
package org.isthmus.engine.cpython;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.isthmus.services.PlainValues;

/**
 * Reads what {@code marshal.dumps(value, 2)} writes: None, bool, int, float, str, bytes, lists and
 * dicts.
 */
final class Unmarshal {
  private final byte[] octets;
  private int at;

  private Unmarshal(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Returns null, a Boolean, a Long, a BigInteger beyond 64 bits, a Double, a String, a byte[], a
   * LinkedHashMap or an ArrayList (also for a tuple).
   */
  static Object of(byte[] octets) {
    return new Unmarshal(octets).value();
  }

  /**
   * Returns a list of values.
   *
   * @throws BadFrame if there is none
   */
  static List<?> list(byte[] octets) throws BadFrame {
    try {
      return (List<?>) Objects.requireNonNull(of(octets));
    } catch (RuntimeException e) {
      throw new BadFrame("something else than a list of values (" + e + ")", e);
    }
  }

  /**
   * Returns a value of a list.
   *
   * @throws BadFrame if there is none of that type
   */
  static <T> T at(List<?> values, int index, Class<T> type) throws BadFrame {
    Object value = index < values.size() ? values.get(index) : null;
    if (!type.isInstance(value)) {
      throw new BadFrame("no " + type.getSimpleName() + " where there must be one");
    }
    return type.cast(value);
  }

  private Object value() {
    char code = (char) octets[at++];
    switch (code) {
      case 'N':
        return null;
      case 'T':
        return true;
      case 'F':
        return false;
      case 'i':
        return (long) number();
      case 'l':
        return large();
      case 'g':
        return Double.longBitsToDouble(octets(8));
      case 'u':
        return new String(taken(number()), StandardCharsets.UTF_8);
      case 's':
        return taken(number());
      case '(':
      case '[':
        return list(number());
      case '{':
        return map();
      default:
        throw new IllegalArgumentException("code '" + code + "' of marshal is not expected");
    }
  }

  private List<Object> list(int count) {
    requirePresent(count);
    List<Object> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(value());
    }
    return list;
  }

  private Map<Object, Object> map() {
    Map<Object, Object> map = new LinkedHashMap<>();
    while (octets[at] != '0') {
      Object key = value();
      map.put(key, value());
    }
    at++;
    return map;
  }

  /** Digits of 15 bits, the lowest first; the sign of their count is the number's. */
  private Number large() {
    int count = number();
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < Math.abs(count); i++) {
      long digit = (octets[at++] & 0xFF) | (octets[at++] & 0xFF) << 8;
      value = value.or(BigInteger.valueOf(digit).shiftLeft(15 * i));
    }
    return PlainValues.whole(count < 0 ? value.negate() : value);
  }

  private long octets(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (octets[at++] & 0xFFL) << (8 * i);
    }
    return value;
  }

  private byte[] taken(int count) {
    requirePresent(count);
    at += count;
    return Arrays.copyOfRange(octets, at - count, at);
  }

  /** Throws rather than reserve memory for what is not there: each value has an octet or more. */
  private void requirePresent(int count) {
    if (count < 0 || count > octets.length - at) {
      throw new IllegalArgumentException("there are no " + Integer.toUnsignedLong(count) + " more");
    }
  }

  private int number() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (octets[at++] & 0xFF) << (8 * i);
    }
    return value;
  }
}
