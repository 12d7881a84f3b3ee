// WEB-INF as real files, wherever the container keeps it.
package org.isthmus;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * What Python and class loaders need as files: all of WEB-INF but its lib.
 *
 * <p>An exploded web application is used where it lies. From a packed one it is copied, once for
 * each deployment, to a directory of their own below the container's temporary directory
 * (jakarta.servlet.context.tempdir, Servlet 5.0, 4.8.1), which {@link #close} deletes. Nothing is
 * ever written below the web application.
 */
final class WebInf implements AutoCloseable {
  private static final String ROOT = "/WEB-INF/";

  /** The container's own affair, and fifty megabytes where Jython lies there. */
  private static final String LIB = ROOT + "lib/";

  private static final String CLASSES = ROOT + "classes/";

  private final Path directory;
  private final boolean copied;

  private WebInf(Path directory, boolean copied) {
    this.directory = directory;
    this.copied = copied;
  }

  /** Finds or makes the directory; it is null if the web application has no WEB-INF. */
  static WebInf of(ServletContext context) {
    Set<String> entries = context.getResourcePaths(ROOT);
    if (entries == null || entries.isEmpty()) {
      return new WebInf(null, false);
    }
    Path real = real(context);
    return real != null && isWhole(entries, real)
        ? new WebInf(real, false)
        : copy(context, entries);
  }

  /** Where app lies if it lies in files: jetty:run lays WEB-INF of several directories. */
  private static Path real(ServletContext context) {
    String app = context.getRealPath(ROOT + "app");
    if (app != null && Files.isDirectory(Path.of(app))) {
      return Path.of(app).getParent();
    }
    String root = context.getRealPath(ROOT);
    return root == null ? null : Path.of(root);
  }

  /**
   * Jetty's copyWebInf makes a directory of lib and classes alone from a packed application. These
   * two may lie elsewhere: they are on the class path, from which Python imports too.
   */
  private static boolean isWhole(Set<String> entries, Path directory) {
    return entries.stream()
        .filter(entry -> !entry.equals(LIB) && !entry.equals(CLASSES))
        .map(entry -> directory.resolve(entry.substring(ROOT.length())))
        .allMatch(Files::exists);
  }

  private static WebInf copy(ServletContext context, Set<String> entries) {
    File temporary = (File) context.getAttribute(ServletContext.TEMPDIR);
    try {
      Path directory = Files.createTempDirectory(temporary.toPath(), "isthmus-");
      copy(context, entries, directory);
      return new WebInf(directory, true);
    } catch (IOException e) {
      throw new WsgiException(e, Rule.STAGING_FAILED, temporary, e);
    }
  }

  private static void copy(ServletContext context, Set<String> entries, Path to)
      throws IOException {
    for (String entry : entries) {
      if (entry.equals(LIB)) {
        continue;
      }
      if (entry.endsWith("/")) {
        Set<String> below = context.getResourcePaths(entry);
        copy(context, below == null ? Set.of() : below, to);
        continue;
      }
      Path target = to.resolve(entry.substring(ROOT.length())).normalize();
      if (!target.startsWith(to)) {
        throw new IOException("'" + entry + "' leads out of the web application");
      }
      Files.createDirectories(target.getParent());
      try (InputStream in = context.getResourceAsStream(entry)) {
        Files.copy(in, target);
      }
    }
  }

  /** Returns WEB-INF as a directory, or null. */
  Path directory() {
    return directory;
  }

  /** Returns the jars of WEB-INF/jython. */
  List<Path> jython() {
    Path jython = directory == null ? null : directory.resolve("jython");
    if (jython == null || !Files.isDirectory(jython)) {
      return List.of();
    }
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(jython)) {
      files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
    } catch (IOException e) {
      throw new WsgiException(e, Rule.STAGING_FAILED, jython, e);
    }
    return jars;
  }

  @Override
  public void close() {
    if (!copied) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      System.getLogger("org.isthmus")
          .log(System.Logger.Level.WARNING, "Could not delete " + directory, e);
    }
  }
}
