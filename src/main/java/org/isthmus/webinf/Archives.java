// The archives that contain the resources of a web application.
package org.isthmus.webinf;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** Opens each archive once, and closes it: Java's own cache of archives never closes any. */
final class Archives implements AutoCloseable {
  private final Map<String, JarFile> opened = new HashMap<>();

  /** A directory in an archive that holds files of one directory of the web application. */
  static final class Shelf {
    private final JarFile archive;
    private final String directory;

    private Shelf(JarFile archive, String directory) {
      this.archive = archive;
      this.directory = directory;
    }

    /**
     * Returns a file of this directory, or null if it has none of that name.
     *
     * @param leaf its name in the directory
     * @param name its path below WEB-INF
     */
    PackedFile file(String leaf, String name) {
      JarEntry entry = archive.getJarEntry(directory + leaf);
      return entry == null
          ? null
          : new PackedFile(
              name,
              entry.getSize(),
              entry.getCrc(),
              entry.getLastModifiedTime(),
              () -> archive.getInputStream(entry));
    }

    /** Returns all paths in this directory with a prefix, including directories. */
    Set<String> names(String beginning) {
      return archive.stream()
          .map(JarEntry::getName)
          .filter(name -> name.startsWith(directory + beginning))
          .map(name -> name.substring(directory.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Returns the directory that has a connection's file, or null if that is in no archive. */
  Shelf shelf(URLConnection connection) throws IOException {
    if (!(connection instanceof JarURLConnection)) {
      return null;
    }
    JarURLConnection inJar = (JarURLConnection) connection;
    JarFile archive = archive(inJar);
    String entry = inJar.getEntryName();
    return archive == null || entry == null
        ? null
        : new Shelf(archive, entry.substring(0, entry.lastIndexOf('/') + 1));
  }

  private JarFile archive(JarURLConnection connection) throws IOException {
    String url = connection.getJarFileURL().toString();
    if (!opened.containsKey(url)) {
      try {
        opened.put(url, connection.getJarFile());
      } catch (FileNotFoundException e) {
        // The container uses such URLs in a way of its own.
        opened.put(url, null);
      }
    }
    return opened.get(url);
  }

  @Override
  public void close() throws IOException {
    for (JarFile archive : opened.values()) {
      if (archive != null) {
        archive.close();
      }
    }
  }
}
