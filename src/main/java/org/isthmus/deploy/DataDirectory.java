// The directory for what an application keeps, which outlives the web application.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/** Checks and makes the directory that {@code isthmus.data_dir} names. */
final class DataDirectory {
  private DataDirectory() {}

  /**
   * Returns the directory's key for environ; no key without the setting.
   *
   * @throws WsgiException if it is not absolute, lies where the container deletes it, or cannot be
   *     written to
   */
  static Map<String, String> environ(Settings settings, ServletContext context) {
    Path named = settings.get(SettingsTable.DATA_DIR);
    if (named == null) {
      return Map.of();
    }
    String quoted = SafeText.quoted(named.toString());
    if (!named.isAbsolute()) {
      throw new WsgiException(Rule.DATA_DIR_RELATIVE, quoted);
    }
    Path directory = named.normalize();
    try {
      requireOutside(directory, context, quoted);
      make(directory);
    } catch (IOException | SecurityException e) {
      throw new WsgiException(e, Rule.DATA_DIR_UNUSABLE, quoted, e);
    }
    if (!Files.isWritable(directory)) {
      throw new WsgiException(Rule.DATA_DIR_UNUSABLE, quoted, "it cannot be written");
    }
    return Map.of(SettingsTable.DATA_DIR.name, directory.toString());
  }

  /** A redeployment deletes the unpacked files and the container's temporary directory. */
  private static void requireOutside(Path directory, ServletContext context, String quoted)
      throws IOException {
    String root = context.getRealPath("/");
    File temporary = (File) context.getAttribute(ServletContext.TEMPDIR);
    Path real = real(directory);
    for (Path deleted :
        Stream.of(
                root == null ? null : Path.of(root), temporary == null ? null : temporary.toPath())
            .filter(Objects::nonNull)
            .toArray(Path[]::new)) {
      if (real.startsWith(real(deleted))) {
        throw new WsgiException(Rule.DATA_DIR_INSIDE, quoted, SafeText.quoted(deleted.toString()));
      }
    }
  }

  /** Resolves links in the part of the path that exists. */
  private static Path real(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    Path parent = path.getParent();
    return parent == null ? path : real(parent).resolve(path.getFileName());
  }

  /** Creates it with access for its owner only, because it may hold private data. */
  private static void make(Path directory) throws IOException {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mode = {};
    if (isPosix) {
      mode =
          new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
          };
    }
    Files.createDirectories(directory, mode);
  }
}
