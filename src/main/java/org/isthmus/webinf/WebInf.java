// WEB-INF as real files, wherever the container keeps it.
package org.isthmus.webinf;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/**
 * All of WEB-INF except its lib and its launcher, which neither Python nor its class loaders need
 * as files.
 *
 * <p>An exploded web application is used in place. The WEB-INF of a packed one is copied below the
 * container's temporary directory (jakarta.servlet.context.tempdir, Servlet 5.0, 4.8.1); see {@link
 * StagedCopy}. Nothing is ever written below the web application.
 */
public final class WebInf implements AutoCloseable {
  public static final String ROOT = "/WEB-INF/";

  /** Only the container needs it, and it has fifty megabytes if Jython is in it. */
  static final String LIB = ROOT + "lib/";

  /** Needed only by `java -jar` (docs/deploy/executable.md), not by containers. */
  static final String LAUNCHER = ROOT + "launcher/";

  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private static final String CLASSES = ROOT + "classes/";

  private final Path directory;
  private final StagedCopy copy;

  private WebInf(Path directory) {
    this.directory = directory;
    this.copy = null;
  }

  private WebInf(StagedCopy copy) {
    this.directory = copy.directory();
    this.copy = copy;
  }

  /** Finds or creates the directory; it is null if the web application has no WEB-INF. */
  public static WebInf of(ServletContext context) {
    Set<String> entries = context.getResourcePaths(ROOT);
    if (entries == null || entries.isEmpty()) {
      return new WebInf((Path) null);
    }
    Path real = real(context);
    if (real == null || !isWhole(entries, real)) {
      return copy(context);
    }
    LostNames.warning(real, System.getProperty("sun.jnu.encoding"))
        .ifPresent(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    return new WebInf(real);
  }

  /** Where app is, if it is in files: jetty:run overlays the WEB-INF of several directories. */
  private static Path real(ServletContext context) {
    String app = context.getRealPath(ROOT + "app");
    if (app != null && Files.isDirectory(Path.of(app))) {
      return Path.of(app).getParent();
    }
    String root = context.getRealPath(ROOT);
    return root == null ? null : Path.of(root);
  }

  /**
   * Returns true if a directory has all of WEB-INF that must be files. Jetty's copyWebInf makes one
   * with nothing but lib and classes of a packed application; these two may be anywhere, because
   * Python imports from the class path, too. The launcher is not needed.
   */
  private static boolean isWhole(Set<String> entries, Path directory) {
    Set<String> elsewhere = Set.of(LIB, CLASSES, LAUNCHER);
    return entries.stream()
        .filter(entry -> !elsewhere.contains(entry))
        .map(entry -> directory.resolve(entry.substring(ROOT.length())))
        .allMatch(Files::exists);
  }

  private static WebInf copy(ServletContext context) {
    File temporary = (File) context.getAttribute(ServletContext.TEMPDIR);
    if (temporary == null) {
      throw new WsgiException(Rule.STAGING_FAILED, ServletContext.TEMPDIR, "it is not set");
    }
    try (PackedFiles files = new PackedFiles(context)) {
      return new WebInf(StagedCopy.of(files, temporary.toPath()));
    } catch (InvalidPathException e) {
      throw new WsgiException(e, Rule.FILE_NAME, SafeText.quoted(e.getInput()), e.getReason());
    } catch (IOException | UncheckedIOException | SecurityException e) {
      throw new WsgiException(e, Rule.STAGING_FAILED, temporary, e);
    }
  }

  /** Returns true if it is a copy from an archive, whose files nobody edits. */
  public boolean isCopy() {
    return copy != null;
  }

  /** Returns WEB-INF as a directory, or null. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    if (copy != null) {
      copy.close();
    }
  }
}
