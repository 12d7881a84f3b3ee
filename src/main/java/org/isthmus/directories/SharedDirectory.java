// The locking scheme for a directory whose entries several processes create, use and delete.
package org.isthmus.directories;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Uses two kinds of locks. Both are the operating system's, which releases them when a process
 * ends, even if it is killed:
 *
 * <ul>
 *   <li>The lock of the directory, on the file {@code isthmus.lock}, is held while an entry is
 *       created, looked up or deleted ({@link #alone}). The file is never deleted: if it were, one
 *       process could lock the deleted file while another locks its successor.
 *   <li>The lock of an entry, on the file {@code <entry>.lock} beside it, is held by each process
 *       that uses the entry, for as long as it does ({@link Claim}). That file is opened, locked
 *       and deleted only under the lock of the directory, so it cannot be deleted between the
 *       opening and the locking.
 * </ul>
 *
 * <p>The next process that comes deletes the entries that no process uses any more ({@link
 * #sweep}). An entry gets its name once it is complete ({@link #make}).
 *
 * <p><b>Threading.</b> When a process closes any descriptor of a file, POSIX releases all locks
 * that the process has on that file (fcntl). So a JVM must not open a lock file that it has locked,
 * and each of its web applications, which all have this class in a loader of their own, has to know
 * of the others' locks: the monitor of an interned string guards the directory's lock, and a system
 * property marks each claim.
 */
public final class SharedDirectory {
  private static final String LOCK = ".lock";
  private static final String PARTIAL = ".partial";
  private static final String CLAIMED = "org.isthmus.claimed:";
  private static final System.Logger LOG = System.getLogger("org.isthmus.directories");

  private final Path directory;
  private final Path gate;
  private final Object monitor;

  private SharedDirectory(Path directory) {
    this.directory = directory;
    this.gate = directory.resolve("isthmus" + LOCK);
    this.monitor = ("org.isthmus.directories:" + directory).intern();
  }

  /** Work on files. */
  public interface Work<T> {
    /** Does the work. */
    T run() throws IOException;
  }

  /** Fills an entry. */
  public interface Filling {
    /** Creates the directory, which does not exist, and all its content. */
    void fill(Path partial) throws IOException;
  }

  /**
   * Creates nothing yet.
   *
   * @param directory an existing one
   */
  public static SharedDirectory of(Path directory) throws IOException {
    // Under any other name it would have other locks within this JVM.
    return new SharedDirectory(directory.toRealPath());
  }

  /** Tells which entries stay although nothing uses them. */
  public interface Keeping {
    /** Returns true if an entry, which nothing uses, must not be deleted. */
    boolean keeps(Path entry) throws IOException;
  }

  /** Returns its path. */
  public Path path() {
    return directory;
  }

  /** Returns the path of an entry. */
  public Path entry(String name) {
    return directory.resolve(name);
  }

  /** Waits until nothing else creates or deletes entries here, and runs work that does. */
  public <T> T alone(Work<T> work) throws IOException {
    synchronized (monitor) {
      try (FileChannel channel = open(gate)) {
        // The channel holds the lock.
        FileLock unused = channel.lock();
        return work.run();
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * Claims an entry, existing or not, within {@link #alone}.
   *
   * @param isShared true to share it with other processes that share it
   * @return null if another process or another claim of this one prevents that
   */
  public Claim claim(Path entry, boolean isShared) throws IOException {
    if (!Thread.holdsLock(monitor)) {
      throw new IllegalStateException("a claim outside of alone()");
    }
    Path file = entry.resolveSibling(entry.getFileName() + LOCK);
    String mark = CLAIMED + file;
    if (System.getProperty(mark) != null) {
      return null;
    }
    FileChannel channel = open(file);
    FileLock lock = null;
    try {
      lock = channel.tryLock(0, Long.MAX_VALUE, isShared);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      return null;
    }
    System.setProperty(mark, "");
    return new Claim(file, channel, mark);
  }

  /** The use of an entry, until it is closed or the process ends. */
  public static final class Claim implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final String mark;

    private Claim(Path file, FileChannel channel, String mark) {
      this.file = file;
      this.channel = channel;
      this.mark = mark;
    }

    /** Releases it for good, within {@link #alone}: the entry is already deleted. */
    public void delete() throws IOException {
      Files.deleteIfExists(file);
      close();
    }

    /** Releases it. The claimed entry stays for others. */
    @Override
    public void close() throws IOException {
      // On a second call, the mark may belong to another claim.
      if (channel.isOpen()) {
        try {
          channel.close();
        } finally {
          System.clearProperty(mark);
        }
      }
    }
  }

  /** Creates a claimed entry, completely or not at all, within {@link #alone}. */
  public void make(Path entry, Filling filling) throws IOException {
    Path partial = entry.resolveSibling(entry.getFileName() + PARTIAL);
    // Left by a process that was killed.
    Tree.delete(partial);
    try {
      filling.fill(partial);
      Files.move(partial, entry, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Tree.delete(partial);
    }
  }

  /** Deletes the entries with such names that nothing has claimed, within {@link #alone}. */
  public void sweep(Pattern names) throws IOException {
    sweep(names, entry -> false);
  }

  /** Does the same, except for the entries that have to be kept. */
  public void sweep(Pattern names, Keeping keeping) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + LOCK)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        found.add(name.substring(0, name.length() - LOCK.length()));
      }
    }
    for (String name : found) {
      if (names.matcher(name).matches()) {
        deleteUnclaimed(entry(name), keeping);
      }
    }
  }

  private void deleteUnclaimed(Path entry, Keeping keeping) {
    try (Claim unused = claim(entry, false)) {
      if (unused != null && !keeping.keeps(entry)) {
        Tree.delete(entry.resolveSibling(entry.getFileName() + PARTIAL));
        Tree.delete(entry);
        unused.delete();
      }
    } catch (IOException e) {
      // It may belong to another user, and does no harm.
      LOG.log(System.Logger.Level.DEBUG, "Left " + entry, e);
    }
  }
}
