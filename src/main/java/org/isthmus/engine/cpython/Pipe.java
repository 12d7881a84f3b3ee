// A named pipe, opened for both reading and writing, so that opening it never blocks.
package org.isthmus.engine.cpython;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Because the container has both ends of each pipe open, it gets no end of file when a worker ends;
 * it watches the process instead. It still reads whatever the worker wrote before.
 *
 * <p>These are streams of java.io rather than a FileChannel, which an interrupt would close.
 */
final class Pipe implements AutoCloseable {
  private final RandomAccessFile file;
  private final FileInputStream in;
  private final FileOutputStream out;

  Pipe(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "rw");
    in = new FileInputStream(file.getFD());
    out = new FileOutputStream(file.getFD());
  }

  /** Waits for octets, reads them, and returns their number. */
  int read(byte[] into, int offset, int max) throws IOException {
    return in.read(into, offset, max);
  }

  /** Returns how many octets can be read without waiting. */
  int available() throws IOException {
    return in.available();
  }

  /** Writes octets, in a single system call if the pipe has room for them. */
  void write(byte[] octets, int offset, int length) throws IOException {
    out.write(octets, offset, length);
  }

  /** Writes a meaningless octet, to wake the reader. */
  void wake() throws IOException {
    out.write(0);
  }

  /** Discards what has not been read, so that no writer waits for room. */
  void drain() throws IOException {
    byte[] lost = new byte[4096];
    while (in.available() > 0) {
      in.read(lost, 0, Math.min(lost.length, in.available()));
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      System.getLogger("org.isthmus.engine").log(System.Logger.Level.DEBUG, "A pipe failed.", e);
    }
  }
}
