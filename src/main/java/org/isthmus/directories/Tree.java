// A directory and all its content.
package org.isthmus.directories;

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

/** Cleaners of temporary directories may run at any moment: a missing file is not a failure. */
public final class Tree {
  /** The permissions of a directory made by {@link #createPrivate}. */
  public static final Set<PosixFilePermission> OWNERS =
      Set.copyOf(PosixFilePermissions.fromString("rwx------"));

  private Tree() {}

  /**
   * Deletes a file or a directory, if it exists; does not follow links.
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

  /** Creates a directory that only its owner can access, if the file system supports that. */
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
        // The first failure: the directories above it cannot be deleted either.
        failure = failure == null ? e : failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
