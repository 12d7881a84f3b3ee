// The class of Jython's that Isthmus brings another version of.
package org.isthmus.engine.jython.boot;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Replaces {@code org.python.core.JavaImportHelper}, if it is the one that ours was written after
 * (docs/decisions/0013-a-class-of-jythons.md).
 *
 * <p>Ours lies where no class loader finds it by its name: beside Jython in the same package there
 * is no room for it on a module path, or in a loader of its own.
 */
final class StandIn {
  private static final String REPLACED = "org.python.core.JavaImportHelper";
  private static final String OURS = "JavaImportHelper.stand-in";

  /** The CRC-32 of the class in jython-slim 2.7.4 and in jython-standalone 2.7.4. */
  private static final Set<Long> KNOWN = Set.of(0xa222df0dL, 0x029d063cL);

  private StandIn() {}

  /**
   * Returns what to define a class of Jython's from.
   *
   * @param content what Jython's jar has
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
