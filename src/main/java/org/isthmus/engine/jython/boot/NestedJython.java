// Jython's jar as a real file, if it is inside another archive.
package org.isthmus.engine.jython.boot;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isthmus.directories.OwnCopy;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Spring Boot's executable archives have jars in jars, and so does a packed WAR with Jython in
 * {@code WEB-INF/lib}. Classes are found there, but Jython looks for its library in the file that
 * it came from. So this one jar is copied below the container's temporary directory; its
 * dependencies stay where they are.
 */
final class NestedJython implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final String CLASS = "org/python/core/Py.class";
  private static final String PREFIX = "isthmus-jython-";
  private static final String JAR = "jython.jar";

  private final OwnCopy copy;

  private NestedJython(OwnCopy copy) {
    this.copy = copy;
  }

  /**
   * Copies the jar.
   *
   * @return null if Jython is not in an archive within another one, or missing
   * @throws WsgiException if the copy cannot be created
   */
  static NestedJython of(ClassLoader loader, ServletContext context) {
    URL jar = nested(loader.getResource(CLASS));
    if (jar == null) {
      return null;
    }
    File tempdir = (File) context.getAttribute(ServletContext.TEMPDIR);
    if (tempdir == null) {
      throw new WsgiException(Rule.STAGING_FAILED, ServletContext.TEMPDIR, "it is not set");
    }
    try {
      return new NestedJython(OwnCopy.make(tempdir.toPath(), PREFIX, to -> fill(jar, to)));
    } catch (IOException e) {
      throw new WsgiException(e, Rule.STAGING_FAILED, tempdir, e);
    }
  }

  /** Returns the URL of the nested jar that contains a class, or null if it is not nested. */
  static URL nested(URL found) {
    String url = found == null ? "" : found.toString();
    String end = "!/" + CLASS;
    if (!url.startsWith("jar:") || !url.endsWith(end)) {
      return null;
    }
    String jar = url.substring("jar:".length(), url.length() - end.length());
    boolean isFile = jar.startsWith("file:") && !jar.contains("!/");
    try {
      // "jar:file:a.jar!/b.jar!/C.class" names b.jar by the part within "jar:".
      String within = jar.startsWith("file:") ? "jar:" + jar : jar;
      return isFile ? null : new URL(found, within);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  private static void fill(URL jar, Path directory) throws IOException {
    URLConnection connection = jar.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, directory.resolve(JAR));
    }
  }

  /** Returns the jar. */
  List<Path> jars() {
    return List.of(copy.path().resolve(JAR));
  }

  @Override
  public void close() {
    try {
      copy.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, Rule.COPY_REMAINS.message(e), e);
    }
  }
}
