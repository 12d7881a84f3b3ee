// A directory with all that is in it.
package org.isthmus.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Whoever tidies up temporary directories may do so at any moment: what has gone is no failure. */
public final class Tree {
  /** What {@link #createPrivate} lets whom do. */
  public static final Set<PosixFilePermission> OWNERS =
      Set.copyOf(PosixFilePermissions.fromString("rwx------"));

  private Tree() {}

  /**
   * Deletes a file or a directory, if it is there; links are not followed.
   *
   * @throws IOException if some of it remains; as much as possible has been deleted
   */
  public static void delete(Path top) throws IOException {
    Deleting deleting = new Deleting();
    Files.walkFileTree(top, deleting);
    if (deleting.failure != null) {
      throw new IOException(top + " could not be deleted: " + deleting.failure, deleting.failure);
    }
  }

  /** Makes a directory that is for its owner's eyes alone, where the file system can do that. */
  public static void createPrivate(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNERS));
    } else {
      Files.createDirectory(directory);
    }
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    private IOException failure;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return gone(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (!(e instanceof NoSuchFileException)) {
        failure = e;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
      return gone(directory);
    }

    private FileVisitResult gone(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // The first of them: directories above it cannot go either.
        failure = failure == null ? e : failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
