// The copy of a packed web application's WEB-INF below the container's temporary directory.
package org.isthmus.webinf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.isthmus.directories.SharedDirectory;
import org.isthmus.directories.Tree;
import org.isthmus.errors.Rule;

/**
 * A directory {@code isthmus-<digest>}, which gets this name once it is complete.
 *
 * <p>Undeployment deletes it. When the JVM ends or is killed, it stays. The next start uses it if
 * every file is still there, and deletes it if the web application has changed.
 *
 * <p><b>Threading.</b> If the same files are deployed twice with one temporary directory, in one
 * process or in two, the second deployment does not wait for the first to end. It makes a copy of
 * its own, {@code isthmus-<digest>-2}.
 */
final class StagedCopy implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final String PREFIX = "isthmus-";
  private static final Pattern COPIES = Pattern.compile(PREFIX + "[0-9a-f]{16}(-[0-9]+)?");

  private final SharedDirectory temporary;
  private final Path directory;
  private final SharedDirectory.Claim claim;

  private StagedCopy(SharedDirectory temporary, Path directory, SharedDirectory.Claim claim) {
    this.temporary = temporary;
    this.directory = directory;
    this.claim = claim;
  }

  /** Makes the copy, or finds the one that is there. */
  static StagedCopy of(PackedFiles files, Path temporary) throws IOException {
    SharedDirectory shared = SharedDirectory.of(temporary);
    String digest = files.digest();
    return shared.alone(
        () -> {
          StagedCopy copy = claimed(shared, PREFIX + digest);
          copy.complete(files);
          return copy;
        });
  }

  private static StagedCopy claimed(SharedDirectory shared, String name) throws IOException {
    Path directory = shared.entry(name);
    SharedDirectory.Claim claim = shared.claim(directory, false);
    for (int number = 2; claim == null; number++) {
      directory = shared.entry(name + "-" + number);
      claim = shared.claim(directory, false);
    }
    return new StagedCopy(shared, directory, claim);
  }

  private void complete(PackedFiles files) throws IOException {
    try {
      // Copies of earlier contents that ended JVMs have left, and those of killed processes.
      temporary.sweep(COPIES);
      if (!files.areIn(directory)) {
        Tree.delete(directory);
        temporary.make(directory, files::copyTo);
      }
    } catch (IOException | RuntimeException e) {
      try (claim) {
        delete();
      } catch (IOException remains) {
        e.addSuppressed(remains);
      }
      throw e;
    }
  }

  /** Returns the directory. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try (claim) {
      // A cleaner of temporary directories may have deleted it.
      if (!isJvmEnding() && Files.exists(directory)) {
        temporary.alone(this::delete);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, Rule.COPY_REMAINS.message(e), e);
    }
  }

  private Void delete() throws IOException {
    Tree.delete(directory);
    claim.delete();
    return null;
  }

  /** Java reveals this only when a shutdown hook is registered. */
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
}
