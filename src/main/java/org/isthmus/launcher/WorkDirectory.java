// Where an archive is extracted to, and where its web application keeps temporary files.
package org.isthmus.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.isthmus.directories.SharedDirectory;
import org.isthmus.directories.Tree;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Holds {@code name-digest}, an extracted archive, used by any number of processes and kept for the
 * next start; and {@code name-run-random} for one process. The next start deletes unused
 * directories with the same name, except for one that has a database in it.
 *
 * <p>A directory that this user may not write to has an archive that was extracted earlier, as in
 * an image whose build ran it once: then the process's own files are among the temporary files.
 */
final class WorkDirectory implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.launcher");

  private final SharedDirectory directory;
  private final Path archive;
  private final String name;
  private final Pattern ours;
  private final boolean isGiven;
  private final Deque<AutoCloseable> held = new ArrayDeque<>();
  private final Set<Path> named = new HashSet<>();
  private Path temporary;

  private WorkDirectory(SharedDirectory directory, Path archive, boolean isGiven) {
    String file = archive.getFileName().toString();
    this.directory = directory;
    this.archive = archive;
    this.name = file.replaceFirst("\\.war$", "").replaceAll("[^A-Za-z0-9._-]", "_");
    this.ours = Pattern.compile(Pattern.quote(name) + "-([0-9a-f]{16}|run-[0-9a-f]+)");
    this.isGiven = isGiven;
  }

  /**
   * Creates or finds the directory.
   *
   * @param given by the user; null for one among the user's temporary files
   * @throws WsgiException if it is unsuitable for files that are executed
   */
  static WorkDirectory of(Path given, Path archive) {
    Path path = given;
    try {
      if (given == null) {
        path = Path.of(System.getProperty("java.io.tmpdir"));
        path = path.resolve("isthmus-" + user(path));
        createPrivate(path);
      } else {
        Files.createDirectories(path);
      }
      return new WorkDirectory(SharedDirectory.of(path), archive, given != null);
    } catch (IOException | UnsupportedOperationException e) {
      throw refused(path, e);
    }
  }

  /**
   * Returns the user's name, or a number if that is not a plain word: Java reports "?" for a user
   * without an entry in /etc/passwd, such as the arbitrary UID of OpenShift.
   */
  private static String user(Path temporary) throws IOException {
    String name = System.getProperty("user.name", "?");
    if (name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
      return name;
    }
    if (!temporary.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Integer.toHexString(name.hashCode());
    }
    return probed(temporary, probe -> Files.getAttribute(probe, "unix:uid")).toString();
  }

  /** Others can write next to it, so it must be the user's own, or they could plant classes. */
  private static void createPrivate(Path directory) throws IOException {
    try {
      Tree.createPrivate(directory);
    } catch (FileAlreadyExistsException e) {
      if (!isPrivate(directory)) {
        throw new IOException("it is there, but is not this user's alone", e);
      }
    }
  }

  private static boolean isPrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return true;
    }
    return Files.getPosixFilePermissions(directory).equals(Tree.OWNERS)
        && Files.getOwner(directory).equals(probed(directory.getParent(), Files::getOwner));
  }

  private interface Question {
    Object of(Path file) throws IOException;
  }

  /** Java only reveals this user's identity through a file. */
  private static Object probed(Path temporary, Question question) throws IOException {
    Path probe = Files.createTempFile(temporary, "isthmus-", "");
    try {
      return question.of(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static WsgiException refused(Path directory, Exception cause) {
    return new WsgiException(cause, Rule.WORKDIR, directory, cause);
  }

  private boolean isReadOnly() {
    return isGiven && !Files.isWritable(directory.path());
  }

  /**
   * Returns the archive's files as real ones.
   *
   * @throws WsgiException if they cannot be written, or the archive cannot be read
   */
  Path extracted() {
    try (Extraction files = Extraction.of(archive)) {
      Path target = directory.entry(name + "-" + files.digest());
      if (isReadOnly()) {
        files.repair(target);
        return target;
      }
      return directory.alone(() -> extract(files, target));
    } catch (IOException | UncheckedIOException e) {
      throw refused(directory.path(), e);
    } catch (InvalidPathException e) {
      throw new WsgiException(e, Rule.FILE_NAME, "'" + e.getInput() + "'", e.getReason());
    }
  }

  private Path extract(Extraction files, Path target) throws IOException {
    held.push(directory.claim(target, true));
    if (Files.isDirectory(target)) {
      fill(files, target);
    } else {
      directory.make(target, partial -> fill(files, partial));
    }
    directory.sweep(ours, this::keeps);
    return target;
  }

  /** Returns whether an earlier archive's files have a database among them, and says so once. */
  private boolean keeps(Path earlier) throws IOException {
    boolean isArchive = !earlier.getFileName().toString().startsWith(name + "-run-");
    Path database = isArchive ? LeftDatabase.in(earlier) : null;
    if (database != null && named.add(database)) {
      LOG.log(System.Logger.Level.WARNING, Rule.DATABASE_LEFT.message(database, earlier));
    }
    return database != null;
  }

  private static void fill(Extraction files, Path target) throws IOException {
    files.repair(target);
    Extraction.repairPython(target);
  }

  /** Returns the directory for this process alone, which {@link #close} deletes. */
  Path temporary() {
    temporary = temporary == null ? anotherTemporary() : temporary;
    return temporary;
  }

  private Path anotherTemporary() {
    if (isReadOnly()) {
      WorkDirectory other = of(null, archive);
      held.push(other);
      return other.temporary();
    }
    try {
      return directory.alone(this::createTemporary);
    } catch (IOException e) {
      throw refused(directory.path(), e);
    }
  }

  private Path createTemporary() throws IOException {
    directory.sweep(ours, this::keeps);
    String random = Long.toHexString(new SecureRandom().nextLong());
    Path created = directory.entry(name + "-run-" + random);
    SharedDirectory.Claim claim = directory.claim(created, false);
    held.push(() -> directory.alone(() -> delete(created, claim)));
    Tree.createPrivate(created);
    return created;
  }

  private static Void delete(Path temporary, SharedDirectory.Claim claim) throws IOException {
    try (claim) {
      Tree.delete(temporary);
      claim.delete();
    }
    return null;
  }

  @Override
  public void close() {
    try {
      while (!held.isEmpty()) {
        held.pop().close();
      }
    } catch (WsgiException e) {
      throw e;
    } catch (Exception e) {
      throw refused(directory.path(), e);
    }
  }
}
