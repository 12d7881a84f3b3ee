// A pipe as an InputStream, for code that reads lines.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.io.InputStream;

/** Reads a pipe; its owner closes it. */
final class PipeInput extends InputStream {
  private final Pipe pipe;

  PipeInput(Pipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return pipe.read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int max) throws IOException {
    return pipe.read(into, offset, max);
  }
}
