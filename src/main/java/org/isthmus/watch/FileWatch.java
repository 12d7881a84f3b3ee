// Which files have changed since the last check.
package org.isthmus.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Remembers the stamp of each file it is given.
 *
 * <p>Only time and size can show that a file changed between its import and the first check. So a
 * new file counts as changed if it was written after the last check of the others; if it was in
 * fact written first and then imported, the price is a needless reload.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class FileWatch {
  /** A file's time is that of the kernel's last tick, which Linux has 100 to 1,000 of a second. */
  private static final long TICK_MILLIS = 10;

  private final Map<Path, Stamp> stamps = new HashMap<>();
  private final Map<Path, Path> archives = new HashMap<>();
  private Set<Path> listed;
  private long looked;

  /**
   * Creates a watch without files.
   *
   * @param since a time before the first import, as System.currentTimeMillis: a file that was
   *     written later has changed
   */
  public FileWatch(long since) {
    this.looked = since - TICK_MILLIS;
  }

  /**
   * Checks files, and forgets those of earlier checks that are not among them.
   *
   * @param importing files from imports; one that is missing next time has not changed
   * @param finding files that patterns match: one more or less is a change
   * @return true if something has changed since the last check
   */
  boolean look(Supplier<Set<Path>> importing, Supplier<Set<Path>> finding) {
    // Before the files are listed: the next check must see what is imported and written meanwhile.
    long begun = System.currentTimeMillis();
    Set<Path> imported = importing.get();
    Set<Path> found = finding.get();
    boolean changed = listed != null && !listed.equals(found);
    listed = Set.copyOf(found);
    Set<Path> all = new HashSet<>(found);
    imported.forEach(file -> all.add(whole(file)));
    stamps.keySet().retainAll(all);
    for (Path file : all) {
      Stamp stamp = Stamp.of(file);
      Stamp before = stamps.put(file, stamp);
      changed |=
          before == null
              ? stamp.isWritten(looked, System.currentTimeMillis())
              : !stamp.equals(before);
    }
    looked = begun - TICK_MILLIS;
    return changed;
  }

  /** Returns the archive that a module's file is in; else the file. */
  private Path whole(Path file) {
    Path archive = archives.get(file);
    if (archive != null) {
      return archive;
    }
    for (Path part = file.getParent(); part != null; part = part.getParent()) {
      if (Files.isDirectory(part)) {
        return file;
      }
      if (Files.isRegularFile(part)) {
        archives.put(file, part);
        return part;
      }
    }
    return file;
  }
}
