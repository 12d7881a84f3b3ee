// Finds files that a container has unpacked under names that are not theirs.
package org.isthmus.webinf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.SafeText;

/**
 * In the locale C, java.io.File, with which Tomcat unpacks, writes a question mark for each
 * character beyond ASCII; neither of the two reports that, and the application does not find its
 * file.
 */
final class LostNames {
  private static final List<String> DIRECTORIES = List.of("app", "lib-python");

  /** From three scripts: no encoding but those of Unicode has both. */
  private static final String LETTERS = "\u00f6\u044f\u65e5";

  private LostNames() {}

  /**
   * Returns a warning that names the first such file; it is empty if there is none.
   *
   * @param webInf the directory of an unpacked web application
   * @param encoding the JVM's encoding of file names, its property sun.jnu.encoding; may be null
   */
  static Optional<String> warning(Path webInf, String encoding) {
    if (encoding == null || Charset.forName(encoding).newEncoder().canEncode(LETTERS)) {
      return Optional.empty();
    }
    String why = "a '?' stands for each letter that the JVM's encoding of names lacks, " + encoding;
    return DIRECTORIES.stream()
        .flatMap(name -> first(webInf.resolve(name)).stream())
        .findFirst()
        .map(file -> SafeText.quoted(webInf.relativize(file).toString()))
        .map(name -> Rule.FILE_NAME.message(name, why));
  }

  private static Optional<Path> first(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.getFileName().toString().indexOf('?') >= 0).findFirst();
    } catch (IOException | UncheckedIOException e) {
      // Whoever needs what cannot be read says so.
      return Optional.empty();
    }
  }
}
