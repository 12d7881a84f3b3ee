// A request body that is read in blocks; a single octet is a block of one.
package org.isthmus.services;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** Leaves the reading of blocks to its subclasses. */
abstract class BlockInput extends ServletInputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] into, int offset, int length) throws IOException;
}
