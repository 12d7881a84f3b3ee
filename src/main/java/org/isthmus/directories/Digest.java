// The name of a copy: digits that change with what is copied.
package org.isthmus.directories;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** A digest of files: of what an archive states about them, or of their content. */
public final class Digest {
  private final MessageDigest sha;

  /** Starts empty. */
  public Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Adds a file without reading its content.
   *
   * @param crc the CRC-32 of its content
   * @param time when it was last modified, in milliseconds
   */
  public void add(String name, long size, long crc, long time) {
    String line = name + '\0' + size + '\0' + crc + '\0' + time + '\n';
    sha.update(line.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file with its whole content. */
  public void add(String name, byte[] content) {
    sha.update(name.getBytes(StandardCharsets.UTF_8));
    sha.update(content);
  }

  /** Returns sixteen digits, once. */
  public String digits() {
    return String.format(Locale.ROOT, "%016x", ByteBuffer.wrap(sha.digest()).getLong());
  }
}
