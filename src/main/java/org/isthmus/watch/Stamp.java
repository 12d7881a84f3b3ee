// The state of a file at some moment: a different stamp is a change.
package org.isthmus.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Time, size and identity of a file; the names of possible modules in a directory; or that nothing
 * exists. Immutable.
 */
public final class Stamp {
  private final long millis;
  private final List<?> seen;

  private Stamp(long millis, List<?> seen) {
    this.millis = millis;
    this.seen = seen;
  }

  /** Returns the stamp of a path, now. */
  public static Stamp of(Path path) {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      long millis = file.lastModifiedTime().toMillis();
      if (file.isDirectory()) {
        return new Stamp(millis, List.copyOf(modules(path)));
      }
      long nanos = file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      // The key distinguishes a file from another one moved to its place.
      return new Stamp(millis, Arrays.asList(nanos, file.size(), file.fileKey()));
    } catch (IOException | DirectoryIteratorException e) {
      return new Stamp(Long.MIN_VALUE, List.of("absent"));
    }
  }

  /** Only sources and directories: editors create other files beside them for a moment. */
  private static Set<String> modules(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.matches("\\w+(\\.py|\\$py\\.class)?") || name.matches(".+\\.(egg|zip|whl|pth)")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** Returns true if it was last written after one time and not after another one. */
  boolean isWritten(long after, long until) {
    return millis > after && millis <= until;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stamp && seen.equals(((Stamp) other).seen);
  }

  @Override
  public int hashCode() {
    return seen.hashCode();
  }
}
