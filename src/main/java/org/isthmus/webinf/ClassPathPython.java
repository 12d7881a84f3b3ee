// The directories python and lib-python of the class path, as real files.
package org.isthmus.webinf;

import jakarta.servlet.ServletContext;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.isthmus.directories.OwnCopy;
import org.isthmus.directories.Tree;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/**
 * What {@code WEB-INF/app} and {@code WEB-INF/lib-python} are in a WAR, these two are in a program
 * that embeds its container. Templates and data beside modules are read as files, and worker
 * processes read nothing else. So what is in an archive is copied below the web application's
 * temporary directory, until the end; real directories are used in place, where an IDE changes
 * them.
 */
public final class ClassPathPython implements AutoCloseable {
  /** An attribute that makes a web application with WEB-INF have them, too; any value does. */
  public static final String WANTED = ClassPathPython.class.getName();

  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final List<String> NAMES = List.of("python", "lib-python");
  private static final String PREFIX = "isthmus-class-path-";

  /** What isthmus.engine=cpython leaves for the next start. */
  private static final String OF_WORKERS = "isthmus-python-*";

  /** What each such engine has while it lives, perhaps in another JVM. */
  private static final String OF_ENGINES = "isthmus-workers-*";

  private final List<Path> directories = new ArrayList<>();
  private OwnCopy copy;
  private Path unnamed;
  private File temporary;

  private ClassPathPython() {}

  /**
   * Finds the directories, and copies those in an archive. There are none in a web application that
   * has WEB-INF and not the attribute.
   *
   * @param loader the web application's
   * @throws WsgiException if the copy cannot be made
   */
  public static ClassPathPython of(ServletContext context, ClassLoader loader, WebInf webInf) {
    ClassPathPython python = new ClassPathPython();
    if (webInf.directory() == null || context.getAttribute(WANTED) != null) {
      python.find(context, loader);
    }
    return python;
  }

  private void find(ServletContext context, ClassLoader loader) {
    Map<String, JarURLConnection> packed = new LinkedHashMap<>();
    temporary = (File) context.getAttribute(ServletContext.TEMPDIR);
    try {
      for (String name : NAMES) {
        URL url = loader.getResource(name + "/");
        if (url != null && url.getProtocol().equals("file")) {
          directories.add(Path.of(URI.create(url.toString())));
        } else if (url != null && url.openConnection() instanceof JarURLConnection) {
          packed.put(name, (JarURLConnection) url.openConnection());
        }
      }
      if (!packed.isEmpty()) {
        Path root = copied(packed);
        packed.keySet().forEach(name -> directories.add(root.resolve(name)));
      }
    } catch (IOException e) {
      Object place = temporary == null ? System.getProperty("java.io.tmpdir") : temporary;
      throw new WsgiException(e, Rule.STAGING_FAILED, place, e);
    }
  }

  private Path copied(Map<String, JarURLConnection> packed) throws IOException {
    if (temporary == null) {
      // That of a Jetty context without a WAR. Never below one that other users share.
      unnamed = Files.createTempDirectory(PREFIX);
      try {
        copy(packed, unnamed);
      } catch (IOException | RuntimeException e) {
        Tree.delete(unnamed);
        throw e;
      }
      return unnamed;
    }
    copy = OwnCopy.make(temporary.toPath(), PREFIX, to -> copy(packed, to));
    return copy.path();
  }

  private static void copy(Map<String, JarURLConnection> packed, Path to) throws IOException {
    for (Map.Entry<String, JarURLConnection> each : packed.entrySet()) {
      JarURLConnection connection = each.getValue();
      // One of its own, to close.
      ((URLConnection) connection).setUseCaches(false);
      try (JarFile archive = connection.getJarFile()) {
        String root = connection.getEntryName();
        List<JarEntry> entries =
            archive.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(root))
                .collect(Collectors.toList());
        Path directory = Files.createDirectories(to.resolve(each.getKey()));
        for (JarEntry entry : entries) {
          Path file = Path.of(entry.getName().substring(root.length())).normalize();
          if (file.isAbsolute() || file.startsWith("..")) {
            throw new WsgiException(Rule.RESOURCE_OUTSIDE, SafeText.quoted(entry.getName()));
          }
          copy(archive, entry, directory.resolve(file));
        }
      }
    }
  }

  private static void copy(JarFile archive, JarEntry entry, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = archive.getInputStream(entry)) {
      Files.copy(in, file);
    }
    Files.setLastModifiedTime(file, entry.getLastModifiedTime());
  }

  /**
   * Returns those that exist, as absolute paths that end in {@code python} or {@code lib-python}.
   */
  public List<Path> directories() {
    return List.copyOf(directories);
  }

  /** Deletes the copy, and the sources of workers: an embedded container's directory is new. */
  @Override
  public void close() {
    if (copy != null) {
      delete(copy::close);
    }
    if (unnamed != null) {
      delete(() -> Tree.delete(unnamed));
    }
    if (temporary != null && temporary.isDirectory()) {
      delete(() -> deleteSources(temporary.toPath()));
    }
  }

  private static void delete(Closeable deletion) {
    try {
      deletion.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, Rule.COPY_REMAINS.message(e), e);
    }
  }

  private static void deleteSources(Path temporary) throws IOException {
    try (DirectoryStream<Path> engines = Files.newDirectoryStream(temporary, OF_ENGINES)) {
      if (engines.iterator().hasNext()) {
        return;
      }
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, OF_WORKERS)) {
      for (Path directory : found) {
        Tree.delete(directory);
      }
    }
  }
}
