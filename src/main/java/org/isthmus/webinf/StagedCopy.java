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
 * A directory {@code isthmus-<digest>}, complete from the moment that it has this name.
 *
 * <p>Undeployment deletes it. When the JVM ends, it stays for the next start, as it does when the
 * process is killed; then it is used if every file in it is still there, and deleted if the web
 * application is another by then.
 *
 * <p><b>Threading.</b> A second deployment of the same files into the same temporary directory, in
 * this process or another, does not wait for the end of the first: it has a copy of its own, {@code
 * isthmus-<digest>-2}.
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
      // What the web application was when a JVM ended, and copies of processes that were killed.
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
      // It may be missing if somebody has cleaned up the directory.
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

  /** Java tells it only to those who want to register a hook. */
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
