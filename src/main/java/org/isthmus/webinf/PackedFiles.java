// The files of WEB-INF in a packed web application, and their digest.
package org.isthmus.webinf;

import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.isthmus.directories.Digest;
import org.isthmus.directories.Tree;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/**
 * All of WEB-INF except lib, as the ServletContext shows it. It may come from one archive, from an
 * archive in another, or from several, one overlaid on the next.
 *
 * <p>The URL of a resource leads to its archive, whose central directory has the length, CRC-32 and
 * time of each file, so nothing has to be inflated. A file without such a URL, or outside any
 * archive, is read once more than others to compute them.
 */
final class PackedFiles implements AutoCloseable {
  private static final String ROOT = WebInf.ROOT;

  /** A name that leads to another directory on some system: "..", "", "C:", "a\\b". */
  private static final Pattern OUTSIDE =
      Pattern.compile("\\.{0,2}|[A-Za-z]:.*|.*[/\\\\\0].*", Pattern.DOTALL);

  /**
   * Directories with too many files to look up one by one: Tomcat caches each file that is looked
   * up, and logs a warning for each that does not fit into its cache. They are read from the
   * archive that contains web.xml, unless something is overlaid on them. All other files are looked
   * up, because an operator may overlay a single one, such as a configuration.
   */
  private static final Set<String> LIBRARIES = Set.of(ROOT + "jython/", ROOT + "lib-python/");

  private static final String WEB_XML = ROOT + "web.xml";

  /** 1980-01-01, the earliest time in an archive. */
  private static final long EARLIEST = 315_532_800_000L;

  private final ServletContext context;
  private final Archives archives = new Archives();
  private final List<PackedFile> files = new ArrayList<>();

  PackedFiles(ServletContext context) throws IOException {
    this.context = context;
    try {
      list(ROOT);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void list(String directory) throws IOException {
    Set<String> paths = context.getResourcePaths(directory);
    // In a fixed order, whatever the container's, because the digest depends on it.
    paths = paths == null ? Set.of() : new TreeSet<>(paths);
    if (LIBRARIES.contains(directory) && listArchive(directory, paths)) {
      return;
    }
    for (String path : paths) {
      if (path.equals(WebInf.LIB) || path.equals(WebInf.LAUNCHER)) {
        continue;
      }
      String leaf = path.startsWith(directory) ? path.substring(directory.length()) : "";
      check(withoutSlash(leaf), path);
      String name = path.substring(ROOT.length());
      if (path.endsWith("/")) {
        files.add(PackedFile.directory(name));
        list(path);
      } else {
        files.add(file(path, name));
      }
    }
  }

  /** Reads a directory from the archive; returns false if the container shows another content. */
  private boolean listArchive(String directory, Set<String> paths) throws IOException {
    Archives.Shelf shelf = archives.shelf(connection(WEB_XML));
    Set<String> names = shelf == null ? Set.of() : shelf.names(directory.substring(ROOT.length()));
    Set<String> tops = new TreeSet<>();
    for (String name : names) {
      int end = name.indexOf('/', directory.length() - ROOT.length());
      tops.add(ROOT + (end < 0 ? name : name.substring(0, end + 1)));
    }
    tops.remove(directory);
    if (!tops.equals(paths)) {
      return false;
    }
    for (String name : names) {
      for (String segment : withoutSlash(name).split("/", -1)) {
        check(segment, ROOT + name);
      }
      files.add(name.endsWith("/") ? PackedFile.directory(name) : shelf.file(name, name));
    }
    return true;
  }

  /** Refuses names that could be written outside the copy. */
  private static void check(String segment, String path) {
    if (OUTSIDE.matcher(segment).matches()) {
      throw new WsgiException(Rule.RESOURCE_OUTSIDE, SafeText.quoted(path));
    }
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private PackedFile file(String path, String name) throws IOException {
    URLConnection connection = connection(path);
    Archives.Shelf shelf = archives.shelf(connection);
    PackedFile file =
        shelf == null ? null : shelf.file(path.substring(path.lastIndexOf('/') + 1), name);
    return file == null ? measured(path, name, modified(connection)) : file;
  }

  /** Returns what the URL of a resource leads to, or null: not every name makes a URL. */
  private URLConnection connection(String path) throws IOException {
    URL url = context.getResource(path);
    if (url == null) {
      return null;
    }
    try {
      URLConnection connection = inJar(url).openConnection();
      connection.setUseCaches(false);
      return connection;
    } catch (IllegalArgumentException e) {
      // A literal percent sign.
      return null;
    }
  }

  /**
   * Tomcat's own URLs for files in a WAR, {@code war:file:/a.war*}{@code /b}, report the time of
   * the archive as that of the file.
   */
  private static URL inJar(URL url) throws IOException {
    int end = url.getProtocol().equals("war") ? url.getFile().indexOf("*/") : -1;
    if (end < 0) {
      return url;
    }
    String file = url.getFile();
    return new URL("jar:" + file.substring(0, end) + "!/" + file.substring(end + 2));
  }

  private static FileTime modified(URLConnection connection) {
    long time = 0;
    if (connection != null) {
      time = connection.getLastModified();
      try {
        // Asking for the time has opened it.
        connection.getInputStream().close();
      } catch (IOException e) {
        time = 0;
      }
    }
    // An unknown time is 0, which Java and Python take for a file that does not exist.
    return FileTime.fromMillis(Math.max(time, EARLIEST));
  }

  private PackedFile measured(String path, String name, FileTime time) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(open(path), crc)) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      return new PackedFile(name, size, crc.getValue(), time, () -> open(path));
    }
  }

  private InputStream open(String path) throws IOException {
    InputStream in = context.getResourceAsStream(path);
    if (in == null) {
      throw new FileNotFoundException(path + " is listed by the container, but not to be had");
    }
    return in;
  }

  /** Returns sixteen digits that change with any file's path, length, CRC-32 or time. */
  String digest() {
    Digest digest = new Digest();
    files.forEach(file -> file.addTo(digest));
    return digest.digits();
  }

  /** Creates a directory and writes all of them into it. */
  void copyTo(Path directory) throws IOException {
    Tree.createPrivate(directory);
    for (PackedFile file : files) {
      file.copyTo(directory);
    }
  }

  /** Returns true if a directory contains all of them. */
  boolean areIn(Path directory) {
    return files.stream().allMatch(file -> file.isIn(directory));
  }

  @Override
  public void close() throws IOException {
    archives.close();
  }
}
