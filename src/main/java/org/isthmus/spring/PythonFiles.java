// The directories python and lib-python of the class path, as files.
package org.isthmus.spring;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.directories.OwnCopy;
import org.isthmus.directories.Tree;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Templates and data beside modules are read as files, and worker processes read nothing else. So
 * what lies in an archive is copied below the web application's temporary directory, until the end;
 * real directories are used in place, where an IDE changes them.
 */
final class PythonFiles {
  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final List<String> DIRECTORIES = List.of("python", "lib-python");
  private static final String PREFIX = "isthmus-spring-";

  /** What isthmus.engine=cpython leaves for the next start. */
  private static final String OF_WORKERS = "isthmus-python-*";

  private final List<String> path = new ArrayList<>();
  private final Path temporary;
  private OwnCopy copy;

  private PythonFiles(Path temporary) {
    this.temporary = temporary;
  }

  /**
   * Finds the directories, and copies those in an archive.
   *
   * @throws WsgiException if the copy cannot be made
   */
  static PythonFiles of(ClassLoader loader, ServletContext context) {
    ResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(loader);
    File place = (File) context.getAttribute(ServletContext.TEMPDIR);
    PythonFiles files = new PythonFiles(place.toPath());
    List<String> packed = new ArrayList<>();
    try {
      for (String name : DIRECTORIES) {
        Resource directory = resolver.getResource("classpath:" + name + "/");
        if (directory.exists() && directory.isFile()) {
          files.path.add(directory.getFile().getPath());
        } else if (directory.exists()) {
          packed.add(name);
        }
      }
      if (!packed.isEmpty()) {
        files.copy = OwnCopy.make(place.toPath(), PREFIX, to -> copy(resolver, packed, to));
        packed.forEach(name -> files.path.add(files.copy.path().resolve(name).toString()));
      }
      return files;
    } catch (IOException e) {
      throw new WsgiException(e, Rule.STAGING_FAILED, place, e);
    }
  }

  private static void copy(ResourcePatternResolver resolver, List<String> names, Path to)
      throws IOException {
    for (String name : names) {
      String root = resolver.getResource("classpath:" + name + "/").getURL().toString();
      for (Resource resource : resolver.getResources("classpath:" + name + "/**")) {
        String url = resource.getURL().toString();
        if (!url.endsWith("/")) {
          copy(resource, to.resolve(name).resolve(url.substring(root.length())));
        }
      }
    }
  }

  private static void copy(Resource resource, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = resource.getInputStream()) {
      Files.copy(in, file);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(resource.lastModified()));
  }

  /** Returns entries for sys.path. */
  List<String> path() {
    return path;
  }

  /** Deletes the copy, and the sources of workers: an embedded container's directory is new. */
  void close() {
    try {
      if (copy != null) {
        copy.close();
      }
      try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, OF_WORKERS)) {
        for (Path directory : found) {
          Tree.delete(directory);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, Rule.COPY_REMAINS.message(e), e);
    }
  }
}
