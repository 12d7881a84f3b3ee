// A lock file: a copy of WEB-INF belongs to one deployment at a time, across processes.
package org.isthmus.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held until it is closed or the process ends, for whatever reason. */
final class CopyLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private CopyLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Returns the lock, or null if another deployment has it. */
  static CopyLock take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      // It may be the lock of a file that its last holder has deleted meanwhile.
      taken = lock != null && Files.exists(file);
    } catch (OverlappingFileLockException e) {
      // Another web application in this JVM has it.
      taken = false;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? new CopyLock(file, channel) : null;
  }

  /** Releases the lock and deletes its file. */
  void delete() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    }
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
