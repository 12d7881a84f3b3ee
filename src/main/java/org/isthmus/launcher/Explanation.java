// `java -jar app.war explain IS0012`: the entry of a code, from the page in Isthmus's own jar.
package org.isthmus.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.isthmus.errors.ErrorsPage;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** Nothing is extracted: the jar is read where it is. */
final class Explanation {
  private Explanation() {}

  /**
   * Returns the entry of a code, in Markdown; null if there is none.
   *
   * @param archive a WAR, or a directory with an unpacked one
   * @throws WsgiException if it is neither
   */
  static String of(String code, Path archive) {
    String page;
    try {
      if (Files.isDirectory(archive)) {
        page = page(archive);
      } else {
        try (FileSystem files = FileSystems.newFileSystem(archive, (ClassLoader) null)) {
          page = page(files.getPath("/"));
        }
      }
    } catch (IOException | ProviderNotFoundException e) {
      throw new WsgiException(e, Rule.WAR_UNREADABLE, archive, e);
    }
    return ErrorsPage.entry(page, code);
  }

  private static String page(Path root) throws IOException {
    Path lib = root.resolve("WEB-INF").resolve("lib");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "isthmus*.jar")) {
      for (Path jar : jars) {
        String page = pageOf(jar);
        if (page != null) {
          return page;
        }
      }
    }
    return "";
  }

  private static String pageOf(Path jar) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      ZipEntry entry;
      while ((entry = in.getNextEntry()) != null) {
        if (entry.getName().equals(ErrorsPage.NAME)) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    return null;
  }
}
