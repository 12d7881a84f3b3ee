// A named pipe, open for both directions: who opens it never waits for the other side.
package org.isthmus.engine.cpython;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The container holds both ends of each pipe, and so learns nothing of a worker's end by it: the
 * process tells that. What it does learn is what the worker has written before.
 *
 * <p>Streams of java.io, not a FileChannel: an interrupt would close that.
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

  /** Waits for octets, and returns how many have come. */
  int read(byte[] into, int offset, int most) throws IOException {
    return in.read(into, offset, most);
  }

  /** Returns how many octets are there. */
  int available() throws IOException {
    return in.available();
  }

  /** Writes octets in one system call, as long as there is room for them in the pipe. */
  void write(byte[] octets, int offset, int length) throws IOException {
    out.write(octets, offset, length);
  }

  /** Writes an octet that stands for nothing, to wake who reads. */
  void wake() throws IOException {
    out.write(0);
  }

  /** Takes out what nobody will read any more, so that nobody waits to write. */
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
