// Writes simple values in Python's marshal format, the fastest one for Python to read.
package org.isthmus.engine.cpython;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A growing buffer of what {@code marshal.loads} can read: None, bool, int, float, str, bytes, list
 * and dict.
 *
 * <p>The type codes are those up to version 4, which every CPython reads. Not thread-safe.
 */
final class Marshal {
  private static final int DIGIT = 15; // bits

  private byte[] octets;
  private int size;

  Marshal(int capacity) {
    octets = new byte[capacity];
  }

  /** Returns a value in marshal. */
  static byte[] of(Object value) {
    Marshal marshal = new Marshal(256);
    marshal.value(value);
    return Arrays.copyOf(marshal.octets, marshal.size);
  }

  /** Empties the buffer, and reserves octets at its beginning that are filled in later. */
  void reset(int header) {
    size = header;
  }

  byte[] array() {
    return octets;
  }

  int size() {
    return size;
  }

  void beginDict() {
    octet('{');
  }

  void endDict() {
    octet('0');
  }

  /** Adds octets that are already encoded. */
  void raw(byte[] encoded) {
    room(encoded.length);
    System.arraycopy(encoded, 0, octets, size, encoded.length);
    size += encoded.length;
  }

  /** Adds a str. Most are short and ASCII, and are copied without an encoder. */
  @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int): ASCII needs no coder
  void text(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > 0x7F) {
        textBeyondAscii(text);
        return;
      }
    }
    room(length + 5);
    if (length < 256) {
      octets[size++] = 'z';
      octets[size++] = (byte) length;
    } else {
      octets[size++] = 'a';
      number(length);
    }
    text.getBytes(0, length, octets, size);
    size += length;
  }

  private void textBeyondAscii(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    octet('u');
    room(4);
    number(encoded.length);
    raw(encoded);
  }

  /** Adds null, a Boolean, a number, a String, a byte[], a List or a Map. */
  void value(Object value) {
    if (value == null) {
      octet('N');
    } else if (value instanceof Boolean) {
      octet((Boolean) value ? 'T' : 'F');
    } else if (value instanceof Number) {
      number((Number) value);
    } else if (value instanceof byte[]) {
      octet('s');
      room(4);
      number(((byte[]) value).length);
      raw((byte[]) value);
    } else if (value instanceof List) {
      octet('[');
      room(4);
      number(((List<?>) value).size());
      ((List<?>) value).forEach(this::value);
    } else if (value instanceof Map) {
      beginDict();
      ((Map<?, ?>) value)
          .forEach(
              (key, of) -> {
                value(key);
                value(of);
              });
      endDict();
    } else {
      text((String) value);
    }
  }

  private void number(Number value) {
    if (value instanceof Double) {
      octet('g');
      room(8);
      long bits = Double.doubleToLongBits((Double) value);
      number((int) bits);
      number((int) (bits >>> 32));
    } else if (value.longValue() == value.intValue() && !(value instanceof BigInteger)) {
      octet('i');
      room(4);
      number(value.intValue());
    } else {
      large(
          value instanceof BigInteger ? (BigInteger) value : BigInteger.valueOf(value.longValue()));
    }
  }

  /** Digits of 15 bits, the lowest first; the sign of their count is the number's. */
  private void large(BigInteger value) {
    BigInteger left = value.abs();
    int count = (left.bitLength() + DIGIT - 1) / DIGIT;
    octet('l');
    room(4 + 2 * count);
    number(value.signum() * count);
    for (int i = 0; i < count; i++) {
      int digit = left.intValue() & ((1 << DIGIT) - 1);
      octets[size++] = (byte) digit;
      octets[size++] = (byte) (digit >>> 8);
      left = left.shiftRight(DIGIT);
    }
  }

  /** Adds an int in network byte order, which frames use, unlike marshal. */
  void network(long value, int count) {
    room(count);
    for (int i = count - 1; i >= 0; i--) {
      octets[size++] = (byte) (value >>> (8 * i));
    }
  }

  private void octet(int octet) {
    room(1);
    octets[size++] = (byte) octet;
  }

  private void number(int value) {
    for (int i = 0; i < 4; i++) {
      octets[size++] = (byte) (value >>> (8 * i));
    }
  }

  private void room(int count) {
    if (size + count > octets.length) {
      octets = Arrays.copyOf(octets, Math.max(2 * octets.length, size + count));
    }
  }
}
