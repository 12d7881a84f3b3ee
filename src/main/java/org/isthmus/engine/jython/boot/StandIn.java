// The one class of Jython that Isthmus replaces with its own version.
package org.isthmus.engine.jython.boot;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Replaces {@code org.python.core.JavaImportHelper} if it is the version that ours is based on
 * (docs/decisions/0013-a-class-of-jythons.md).
 *
 * <p>Ours is stored where no class loader finds it by name: it cannot be in the same package as
 * Jython's on a module path, or in its own loader.
 */
final class StandIn {
  private static final String REPLACED = "org.python.core.JavaImportHelper";
  private static final String OURS = "JavaImportHelper.stand-in";

  /** The CRC-32 of the class in jython-slim 2.7.4 and in jython-standalone 2.7.4. */
  private static final Set<Long> KNOWN = Set.of(0xa222df0dL, 0x029d063cL);

  private StandIn() {}

  /**
   * Returns the bytes from which to define one of Jython's classes.
   *
   * @param content the bytes in Jython's jar
   */
  static byte[] of(String name, byte[] content) throws IOException {
    if (!name.equals(REPLACED) || !KNOWN.contains(crc(content))) {
      return content;
    }
    try (InputStream ours = StandIn.class.getResourceAsStream(OURS)) {
      return ours == null ? content : ours.readAllBytes();
    }
  }

  private static long crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return crc.getValue();
  }
}
