// Finds a database that an application has written among the files of its archive.
package org.isthmus.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;

/** Recognizes SQLite's files; other files that an application writes look like a cache. */
final class LeftDatabase extends SimpleFileVisitor<Path> {
  /** "The Database Header", sqlite.org/fileformat.html. */
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.ISO_8859_1);

  /** Of a database whose last changes are still in this file beside it. */
  private static final String LOG = "-wal";

  private final FileTime since;
  private Path found;

  private LeftDatabase(FileTime since) {
    this.since = since;
  }

  /**
   * Returns a database that was written after the extraction; null if there is none.
   *
   * @param directory an extracted archive: files keep their times, the directory has that of its
   *     extraction
   */
  static Path in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return null;
    }
    LeftDatabase visitor = new LeftDatabase(Files.getLastModifiedTime(directory));
    Files.walkFileTree(directory, visitor);
    return visitor.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    boolean isWritten = attributes.lastModifiedTime().compareTo(since) >= 0;
    if (isWritten && attributes.isRegularFile() && (isLog(file) || isDatabase(file))) {
      found = file;
      return FileVisitResult.TERMINATE;
    }
    return FileVisitResult.CONTINUE;
  }

  private static boolean isLog(Path file) {
    return file.getFileName().toString().endsWith(LOG);
  }

  private static boolean isDatabase(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(HEADER.length), HEADER);
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE; // Cleaners of temporary directories may run at any moment.
    }
    throw e;
  }
}
