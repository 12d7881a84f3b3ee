// Where an archive is extracted to, and where its web application has its temporary files.
package org.isthmus.main;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Holds {@code name-digest}, an extracted archive, used by any number of processes and kept for the
 * next start; and {@code name-run-random} for one process. Beside each is a lock file, which its
 * users share for as long as they live: what nobody has the lock of is deleted by the next start,
 * if it is of the same name.
 *
 * <p>Whatever is made or deleted here is so by the one process that has the file {@code
 * isthmus.lock}, and an archive has its name when it is whole.
 */
final class WorkDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path directory;
  private final Path archive;
  private final String name;
  private final List<SharedLock> held = new ArrayList<>();
  private Path temporary;

  private WorkDirectory(Path directory, Path archive) {
    String file = archive.getFileName().toString();
    this.directory = directory;
    this.archive = archive;
    this.name = file.replaceFirst("\\.war$", "").replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /**
   * Makes or finds the directory.
   *
   * @param given by the user; null for one among the user's temporary files
   * @throws WsgiException if it is no place for files that are executed
   */
  static WorkDirectory of(Path given, Path archive) {
    Path directory =
        given != null
            ? given
            : Path.of(
                System.getProperty("java.io.tmpdir"), "isthmus-" + System.getProperty("user.name"));
    try {
      if (given == null) {
        createPrivate(directory);
      } else {
        Files.createDirectories(directory);
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw refused(directory, e);
    }
    return new WorkDirectory(directory, archive);
  }

  /**
   * Others can write beside it, so it must be the user's own, or classes could be foisted on us.
   */
  private static void createPrivate(Path directory) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(directory);
      return;
    }
    Set<PosixFilePermission> ours = PosixFilePermissions.fromString("rwx------");
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(ours));
    } catch (FileAlreadyExistsException e) {
      boolean isPrivate =
          Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
              && Files.getPosixFilePermissions(directory).equals(ours)
              && Files.getOwner(directory).equals(owner());
      if (!isPrivate) {
        throw new IOException("it is there, but is not this user's alone", e);
      }
    }
  }

  private static Object owner() throws IOException {
    Path probe = Files.createTempFile("isthmus-", "");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static WsgiException refused(Path directory, Exception cause) {
    String why = cause instanceof WsgiException ? cause.getMessage() : cause.toString();
    return new WsgiException(cause, Rule.WORKDIR, directory, why);
  }

  /**
   * Returns the archive's files as real ones.
   *
   * @throws WsgiException if they cannot be written, or the archive cannot be read
   */
  Path extracted() {
    SharedLock gate = gate();
    try (gate;
        Extraction files = Extraction.of(archive)) {
      Path target = directory.resolve(name + "-" + files.digest());
      held.add(SharedLock.share(lockOf(target)));
      if (Files.isDirectory(target)) {
        files.repair(target);
      } else {
        fill(files, target);
      }
      clean();
      return target;
    } catch (IOException | UncheckedIOException e) {
      throw refused(directory, e);
    } catch (InvalidPathException e) {
      throw new WsgiException(e, Rule.FILE_NAME, "'" + e.getInput() + "'", e.getReason());
    }
  }

  private void fill(Extraction files, Path target) throws IOException {
    Path partial = lockOf(target).resolveSibling(target.getFileName() + ".partial");
    delete(partial);
    try {
      files.repair(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(partial);
    }
  }

  /** Returns a directory for this process alone, which {@link #close} deletes. */
  Path temporary() {
    SharedLock gate = gate();
    try (gate) {
      clean();
      temporary = Files.createTempDirectory(directory, name + "-run-");
      held.add(SharedLock.share(lockOf(temporary)));
      return temporary;
    } catch (IOException | UncheckedIOException e) {
      throw refused(directory, e);
    }
  }

  private SharedLock gate() {
    try {
      return SharedLock.alone(directory.resolve("isthmus" + LOCK));
    } catch (IOException e) {
      throw refused(directory, e);
    }
  }

  private static Path lockOf(Path directory) {
    return directory.resolveSibling(directory.getFileName() + LOCK);
  }

  /** Deletes what is of the same name and nobody uses. */
  private void clean() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, name + "-*" + LOCK)) {
      for (Path file : files) {
        if (held.stream().noneMatch(lock -> lock.isOn(file)) && SharedLock.isUnused(file)) {
          String leaf = file.getFileName().toString();
          String unused = leaf.substring(0, leaf.length() - LOCK.length());
          delete(file.resolveSibling(unused + ".partial"));
          delete(file.resolveSibling(unused));
          Files.delete(file);
        }
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(tree)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  @Override
  public void close() {
    try {
      for (SharedLock lock : held) {
        lock.close();
      }
      if (temporary != null) {
        delete(temporary);
        Files.deleteIfExists(lockOf(temporary));
      }
    } catch (IOException e) {
      throw refused(directory, e);
    }
  }
}
