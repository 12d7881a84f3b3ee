// One file or directory of WEB-INF in a packed web application.
package org.isthmus.webinf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.isthmus.directories.Digest;

/** Its name, length, CRC-32 and time, known without reading it; and how to read it. Immutable. */
final class PackedFile {
  private static final Source NOTHING = InputStream::nullInputStream;

  /** Where its content comes from. */
  interface Source {
    InputStream open() throws IOException;
  }

  private final String name;
  private final long size;
  private final long crc;
  private final FileTime time;
  private final Source source;

  /**
   * Creates a file.
   *
   * @param name its path below WEB-INF
   * @param crc the CRC-32 of its content
   * @param time when it was last modified
   */
  PackedFile(String name, long size, long crc, FileTime time, Source source) {
    this.name = name;
    this.size = size;
    this.crc = crc;
    this.time = time;
    this.source = source;
  }

  /** Creates a directory; its name ends in a slash, as those of ServletContext do. */
  static PackedFile directory(String name) {
    return new PackedFile(name, 0, 0, FileTime.fromMillis(0), NOTHING);
  }

  private boolean isDirectory() {
    return source == NOTHING;
  }

  void addTo(Digest digest) {
    digest.add(name, size, crc, time.toMillis());
  }

  /**
   * Writes it below a directory, with its original time: Python uses bytecode only if the source
   * still has the time that the bytecode names.
   */
  void copyTo(Path directory) throws IOException {
    Path target = directory.resolve(name);
    if (isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    try (InputStream in = source.open()) {
      Files.copy(in, target);
    }
    Files.setLastModifiedTime(target, time);
  }

  /**
   * Returns true if the copy below a directory is still as {@link #copyTo} wrote it: a cleaner of
   * temporary directories may have deleted some files and left others.
   */
  boolean isIn(Path directory) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(directory.resolve(name), BasicFileAttributes.class);
      return isDirectory()
          ? found.isDirectory()
          : found.size() == size && seconds(found.lastModifiedTime()) == seconds(time);
    } catch (IOException e) {
      return false;
    }
  }

  private static long seconds(FileTime time) {
    return Math.floorDiv(time.toMillis(), 1000);
  }
}
