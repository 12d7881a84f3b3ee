// A lock on a file: of one process alone, or of all that use what lies beside it.
package org.isthmus.main;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held until it is closed, or the process ends, however it does. */
final class SharedLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private SharedLock(Path file, boolean isShared) throws IOException {
    this.file = file;
    this.channel = open(file);
    // The channel holds it.
    FileLock unused = channel.lock(0, Long.MAX_VALUE, isShared);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Waits until no other process has the lock. */
  static SharedLock alone(Path file) throws IOException {
    return new SharedLock(file, false);
  }

  /** Waits until no other process has the lock alone. */
  static SharedLock share(Path file) throws IOException {
    return new SharedLock(file, true);
  }

  /** Returns true if no process has it. */
  static boolean isUnused(Path file) throws IOException {
    try (FileChannel channel = open(file);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }

  boolean isOn(Path other) {
    return file.equals(other);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
