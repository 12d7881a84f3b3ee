// A directory for one user, below one that several processes share.
package org.isthmus.directories;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Exists from {@link #make} to {@link #close}. If the process is killed, the next one that makes
 * such a directory deletes this one.
 */
public final class OwnCopy implements AutoCloseable {
  private final SharedDirectory shared;
  private final Path directory;
  private final SharedDirectory.Claim claim;

  private OwnCopy(SharedDirectory shared, Path directory, SharedDirectory.Claim claim) {
    this.shared = shared;
    this.directory = directory;
    this.claim = claim;
  }

  /**
   * Makes and fills a directory.
   *
   * @param place where; it exists
   * @param prefix how its name begins, and those of its kind
   */
  public static OwnCopy make(Path place, String prefix, SharedDirectory.Filling filling)
      throws IOException {
    SharedDirectory shared = SharedDirectory.of(place);
    return shared.alone(() -> make(shared, prefix, filling));
  }

  private static OwnCopy make(
      SharedDirectory shared, String prefix, SharedDirectory.Filling filling) throws IOException {
    shared.sweep(Pattern.compile(Pattern.quote(prefix) + "[0-9a-f]+"));
    Path directory = shared.entry(prefix + Long.toHexString(new SecureRandom().nextLong()));
    OwnCopy copy = new OwnCopy(shared, directory, shared.claim(directory, false));
    try {
      shared.make(
          directory,
          partial -> {
            Tree.createPrivate(partial);
            filling.fill(partial);
          });
    } catch (IOException | RuntimeException e) {
      copy.delete();
      throw e;
    }
    return copy;
  }

  /** Returns its path. */
  public Path path() {
    return directory;
  }

  private Void delete() throws IOException {
    try (claim) {
      Tree.delete(directory);
      claim.delete();
    }
    return null;
  }

  /** Deletes it. */
  @Override
  public void close() throws IOException {
    shared.alone(this::delete);
  }
}
