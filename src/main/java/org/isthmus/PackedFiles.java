// WEB-INF of a web application that has no directory of its own: what is in it, and its digest.
package org.isthmus;

import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Quoted;

/**
 * All of WEB-INF but its lib, as the ServletContext has it: an archive, one within another, or
 * several laid over each other.
 *
 * <p>Length, CRC-32 and time of a file come from the directory of the archive that it lies in, to
 * which the URL of the resource leads; nothing is inflated for them. What lies in no archive, or
 * has no such URL, is read one time more.
 */
final class PackedFiles implements AutoCloseable {
  private static final String ROOT = "/WEB-INF/";

  /** The container's own affair, and fifty megabytes where Jython lies there. */
  private static final String LIB = ROOT + "lib/";

  /** A name that leads to another directory on some system: "..", "", "C:", "a\\b". */
  private static final Pattern OUTSIDE =
      Pattern.compile("\\.{0,2}|[A-Za-z]:.*|.*[/\\\\\0].*", Pattern.DOTALL);

  /** 1980-01-01, where the times of archives begin. */
  private static final long EARLIEST = 315_532_800_000L;

  private final ServletContext context;
  private final Map<String, JarFile> archives = new HashMap<>();
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
    // In one order, whatever the container's: the digest depends on it.
    for (String path : paths == null ? Set.<String>of() : new TreeSet<>(paths)) {
      if (path.equals(LIB)) {
        continue;
      }
      String name = name(path, directory);
      if (path.endsWith("/")) {
        files.add(PackedFile.directory(name));
        list(path);
      } else {
        files.add(file(path, name));
      }
    }
  }

  /** The path below WEB-INF, if it is one: nothing may be written anywhere else. */
  private static String name(String path, String directory) {
    String inner = path.startsWith(directory) ? path.substring(directory.length()) : "";
    String last = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    if (OUTSIDE.matcher(last).matches()) {
      throw new WsgiException(Rule.RESOURCE_OUTSIDE, Quoted.of(path));
    }
    return path.substring(ROOT.length());
  }

  private PackedFile file(String path, String name) throws IOException {
    URLConnection connection = connection(path);
    if (connection instanceof JarURLConnection) {
      JarURLConnection inJar = (JarURLConnection) connection;
      JarFile archive = archive(inJar);
      JarEntry entry = archive == null ? null : archive.getJarEntry(inJar.getEntryName());
      if (entry != null) {
        return new PackedFile(
            name,
            entry.getSize(),
            entry.getCrc(),
            entry.getLastModifiedTime(),
            () -> archive.getInputStream(entry));
      }
    }
    return measured(path, name, modified(connection));
  }

  /** Returns what the URL of a resource leads to, or null: not every name makes a URL. */
  private URLConnection connection(String path) throws IOException {
    URL url = context.getResource(path);
    if (url == null) {
      return null;
    }
    try {
      URLConnection connection = url.openConnection();
      // Java's cache of archives never closes them.
      connection.setUseCaches(false);
      return connection;
    } catch (IllegalArgumentException e) {
      // A per cent sign that is meant as one.
      return null;
    }
  }

  /** Opened once for all of its entries. */
  private JarFile archive(JarURLConnection connection) throws IOException {
    String url = connection.getJarFileURL().toString();
    if (!archives.containsKey(url)) {
      try {
        archives.put(url, connection.getJarFile());
      } catch (FileNotFoundException e) {
        // The container has a meaning of its own for such a URL.
        archives.put(url, null);
      }
    }
    return archives.get(url);
  }

  private static FileTime modified(URLConnection connection) {
    long time = 0;
    if (connection != null) {
      time = connection.getLastModified();
      try {
        // To have asked for the time has opened it.
        connection.getInputStream().close();
      } catch (IOException e) {
        time = 0;
      }
    }
    // Unknown is 0, which Java's and Python's own tests take for "no such file".
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

  /** Returns sixteen digits that are others when any file's path, length, CRC-32 or time is. */
  String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      files.forEach(file -> sha.update(file.line().getBytes(StandardCharsets.UTF_8)));
      return String.format("%016x", ByteBuffer.wrap(sha.digest()).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Writes all of them below an empty directory. */
  void copyTo(Path directory) throws IOException {
    for (PackedFile file : files) {
      file.copyTo(directory);
    }
  }

  /** Returns true if a directory holds all of them. */
  boolean areIn(Path directory) {
    return files.stream().allMatch(file -> file.isIn(directory));
  }

  @Override
  public void close() throws IOException {
    for (JarFile archive : archives.values()) {
      if (archive != null) {
        archive.close();
      }
    }
  }
}
