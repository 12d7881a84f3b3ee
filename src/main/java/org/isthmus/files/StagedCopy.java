// The copy of a packed web application's WEB-INF below the container's temporary directory.
package org.isthmus.files;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.isthmus.errors.Rule;

/**
 * A directory {@code isthmus-<digest>}, complete as soon as it has this name: it is filled under
 * another name and then renamed.
 *
 * <p>Undeployment deletes it. When the JVM ends, it stays for the next start, as it does when the
 * process is killed; then it is used if every file in it is still there, and deleted if the web
 * application is another by then.
 *
 * <p><b>Threading.</b> Whoever has the lock file beside it owns the directory. A second deployment
 * of the same files into the same temporary directory, in this process or another, does not wait:
 * it has a copy of its own, {@code isthmus-<digest>-2}.
 */
final class StagedCopy implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final String PREFIX = "isthmus-";
  private static final String LOCK = ".lock";

  private final Path directory;
  private final CopyLock lock;

  private StagedCopy(Path directory, CopyLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Creates the copy, or reuses an existing one. */
  static StagedCopy of(PackedFiles files, Path temporary) throws IOException {
    String name = PREFIX + files.digest();
    for (int number = 2; ; number++) {
      Path directory = temporary.resolve(name);
      CopyLock lock = CopyLock.take(lockOf(directory));
      if (lock != null) {
        StagedCopy copy = new StagedCopy(directory, lock);
        copy.complete(files);
        return copy;
      }
      name = PREFIX + files.digest() + "-" + number;
    }
  }

  private static Path lockOf(Path directory) {
    return directory.resolveSibling(directory.getFileName() + LOCK);
  }

  private void complete(PackedFiles files) throws IOException {
    try {
      deletePartial();
      deleteUnused();
      if (!files.areIn(directory)) {
        delete(directory);
        fill(files);
      }
    } catch (IOException | RuntimeException e) {
      close(true);
      throw e;
    }
  }

  private void fill(PackedFiles files) throws IOException {
    // Readable only by its owner, which createDirectory does not ensure.
    Path partial = Files.createTempDirectory(directory.getParent(), directory.getFileName() + ".");
    try {
      files.copyTo(partial);
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(partial);
    }
  }

  /** Deletes what a process left that was killed while it filled this copy. */
  private void deletePartial() throws IOException {
    for (Path path : siblings(directory.getFileName() + ".*")) {
      if (!path.equals(lockOf(directory))) {
        delete(path);
      }
    }
  }

  /**
   * Copies of what the web application was when the JVM ended, and of processes that were killed.
   */
  private void deleteUnused() throws IOException {
    for (Path path : siblings(PREFIX + "*" + LOCK)) {
      if (!path.equals(lockOf(directory))) {
        deleteUnused(path);
      }
    }
  }

  private static void deleteUnused(Path lockFile) {
    String name = lockFile.getFileName().toString();
    name = name.substring(0, name.length() - LOCK.length());
    try {
      CopyLock unused = CopyLock.take(lockFile);
      if (unused != null) {
        StagedCopy copy = new StagedCopy(lockFile.resolveSibling(name), unused);
        copy.deletePartial();
        copy.close(true);
      }
    } catch (IOException e) {
      // It may belong to another user.
      LOG.log(System.Logger.Level.DEBUG, "Left " + lockFile, e);
    }
  }

  private List<Path> siblings(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory.getParent(), pattern)) {
      paths.forEach(found::add);
    }
    return found;
  }

  /** Returns the directory. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    close(!isJvmEnding());
  }

  private void close(boolean forGood) {
    try (lock) {
      if (forGood) {
        delete(directory);
        lock.delete();
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, Rule.COPY_REMAINS.message(e), e);
    }
  }

  /** Java only reveals this to code that registers a hook. */
  private static boolean isJvmEnding() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
    if (Files.exists(tree)) {
      throw new IOException(tree + " could not be deleted");
    }
  }
}
