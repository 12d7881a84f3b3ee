// modjy's app_directory: its location in the web application, and on disk.
package org.isthmus.settings;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/**
 * The directory that modjy appends to sys.path and searches for app_filename. Immutable.
 *
 * <p>{@code $/path} is a path in the web application, any other one is in the file system; the
 * default is the root of the web application. A directory below WEB-INF is stored as its path below
 * it, which also holds in a packed web application.
 */
final class ModjyDirectory {
  private static final String WEB_INF = "/WEB-INF";

  private final String written;
  private final String inContext; // starts with a slash, ends without; null: outside
  private final String real; // null: the web application is packed

  private ModjyDirectory(String written, String inContext, String real) {
    this.written = written;
    this.inContext = inContext;
    this.real = real;
  }

  /**
   * Finds the directory.
   *
   * @param written the text in web.xml; null for the default
   */
  static ModjyDirectory of(String written, ServletContext context) {
    if (written == null) {
      return inContext("/", "/", context);
    }
    if (written.startsWith("$")) {
      return inContext(written, written.substring(1), context);
    }
    Path path = Path.of(written).toAbsolutePath().normalize();
    String root = context.getRealPath("/");
    if (root == null || !path.startsWith(Path.of(root))) {
      return new ModjyDirectory(written, null, path.toString());
    }
    String below = Path.of(root).relativize(path).toString().replace(File.separatorChar, '/');
    return inContext(written, below, context);
  }

  private static ModjyDirectory inContext(String written, String path, ServletContext context) {
    String normal = ("/" + path + "/").replaceAll("/+", "/");
    String real = context.getRealPath(normal);
    return new ModjyDirectory(
        written,
        normal.substring(0, normal.length() - 1),
        real == null ? null : Path.of(real).toString());
  }

  /** Returns the path of a file in it, for isthmus.app. */
  String file(String name) {
    String directory = entry();
    if (directory == null) {
      throw new WsgiException(
          Rule.SETTING_MALFORMED,
          ModjyParameter.APP_DIRECTORY.text,
          "of modjy",
          SafeText.quoted(written),
          "a directory on disk, for the web application is packed (move the code to WEB-INF/app)",
          "");
    }
    return directory.equals(".") ? name : directory + "/" + name;
  }

  /**
   * Returns isthmus.app for a source of this directory after a move to WEB-INF/app, if it ought to
   * move: the path of a public file is valid only in this one place of the web application.
   *
   * @param app names a source of this directory
   */
  String moved(String app) {
    boolean isPublic = inContext != null && !isBelowWebInf() && real != null;
    return isPublic && app.startsWith(real) ? "app" + app.substring(real.length()) : app;
  }

  /** Returns what it adds to sys.path, for isthmus.python.path. */
  List<String> entries() {
    String entry = entry();
    return entry == null ? List.of() : List.of(entry);
  }

  private String entry() {
    if (isBelowWebInf()) {
      String below = inContext.substring(WEB_INF.length());
      return below.isEmpty() ? "." : below.substring(1);
    }
    return real;
  }

  /** Returns it as modjy showed it to applications: a path of the file system, or null. */
  String real() {
    return real;
  }

  /**
   * Returns the path in the web application of a Python source in it, or null if there is none or
   * if it is below WEB-INF, where browsers cannot reach it.
   *
   * @param name a file name, or the first part of a module's name
   */
  String publicSource(String name, ServletContext context) {
    if (inContext == null || isBelowWebInf() || isBelow("/META-INF")) {
      return null;
    }
    for (String file : new String[] {name, name + ".py", name + "/__init__.py"}) {
      String path = inContext + "/" + file;
      if (file.contains(".") && exists(context, path)) {
        return path;
      }
    }
    return null;
  }

  private boolean isBelowWebInf() {
    return inContext != null && isBelow(WEB_INF);
  }

  private boolean isBelow(String directory) {
    return (inContext + "/").startsWith(directory + "/");
  }

  /** True if the web application has this file. */
  static boolean exists(ServletContext context, String path) {
    try {
      return context.getResource(path) != null;
    } catch (MalformedURLException e) {
      return false;
    }
  }

  /** Returns a list of files with all paths absolute: Jython resolves relative ones differently. */
  static String absolute(String paths) {
    if (paths == null) {
      return null;
    }
    return Arrays.stream(paths.split(File.pathSeparator, -1))
        .map(path -> path.isBlank() ? path : Path.of(path.strip()).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
