// Writes native strings, whose characters are octets, to a stream.
package org.isthmus.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One buffer for all blocks: a fresh array per block costs a fifth of a long stream's time. */
final class StringOctets {
  /** Up to this length, {@link #writeSmall} is as fast. */
  static final int SMALL = 1024;

  private static final int LARGEST_COPY = 64 * 1024;

  private byte[] copy;

  /** Writes the first octets of a short string, without the buffer. */
  static void writeSmall(OutputStream out, String octets, int length) throws IOException {
    out.write(octets.getBytes(StandardCharsets.ISO_8859_1), 0, length);
  }

  /** Writes the first octets of a string. */
  @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int): exactly the octets, no coder
  void write(OutputStream out, String octets, int length) throws IOException {
    if (copy == null || copy.length < Math.min(length, LARGEST_COPY)) {
      copy = new byte[Math.min(length, LARGEST_COPY)];
    }
    for (int from = 0; from < length; from += copy.length) {
      int count = Math.min(copy.length, length - from);
      octets.getBytes(from, from + count, copy, 0);
      out.write(copy, 0, count);
    }
  }
}
