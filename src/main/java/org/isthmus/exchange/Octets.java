// The one place that turns text into octets: a native string is latin-1, one character per octet.
package org.isthmus.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Octets as characters U+0000 to U+00FF, the "native strings" of PEP 3333 ("Unicode Issues").
 *
 * <p>Containers provide most of a request as latin-1, and a few parts already decoded as UTF-8;
 * {@link #of} turns either into the octets that were sent.
 */
public final class Octets {
  private Octets() {}

  /** Returns the string itself if it is latin-1, else the octets of its UTF-8 form. */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return utf8(text);
      }
    }
    return text;
  }

  /** Returns the octets of the text's UTF-8 form. */
  public static String utf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }

  /** Returns octets in readable form: decoded as UTF-8 if valid, else as latin-1. */
  public static String readable(String octets) {
    boolean ascii = true;
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if (c > 0xFF) {
        return octets; // already text
      }
      ascii &= c <= 0x7F;
    }
    if (ascii) {
      return octets;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return octets;
    }
  }

  /** Returns the octets behind {@code %XX}; a malformed escape stays as it is. */
  static String percentDecoded(String raw) {
    int percent = raw.indexOf('%');
    if (percent < 0) {
      return of(raw);
    }
    String text = of(raw);
    StringBuilder octets = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          octets.append((char) (high << 4 | low));
          i += 2;
          continue;
        }
      }
      octets.append(c);
    }
    return octets.toString();
  }
}
