// Checks where Jython is: missing, found once or several times, or in the container.
package org.isthmus.engine.jython.boot;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Mount;

/** What an operator should know about the locations where a web application has Jython. */
final class JythonLocations {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final String CLASS = "org.python.core.Py";

  private JythonLocations() {}

  /**
   * Warns if there are several Jythons, or one that is not the web application's own.
   *
   * @throws WsgiException if there is none
   */
  static void check(EngineLoader loader, JythonSpec spec, boolean isCopied) {
    String displayPath = Mount.displayPath(spec.context());
    List<String> locations = locations(loader);
    if (isCopied) {
      locations.remove(0);
    }
    if (locations.size() > 1) {
      String others = String.join(", ", locations.subList(1, locations.size()));
      warn(Rule.JYTHON_TWICE.message(displayPath, locations.get(0), others));
    }
    Class<?> jython;
    try {
      jython = Class.forName(CLASS, false, loader);
    } catch (ClassNotFoundException e) {
      throw new WsgiException(Rule.JYTHON_ABSENT, unreadable(loader));
    }
    if (!spec.isOwn(jython) && !isEmbedded(jython, spec)) {
      warn(Rule.JYTHON_SHARED.message(displayPath, locations.isEmpty() ? "?" : locations.get(0)));
    }
  }

  /** Lists unreadable jars, which a class loader skips silently. */
  private static String unreadable(EngineLoader loader) {
    List<String> found = new ArrayList<>();
    for (URL url : loader.getURLs()) {
      File jar = Path.of(URI.create(url.toString())).toFile();
      try {
        new ZipFile(jar).close();
      } catch (IOException e) {
        found.add(jar.getName() + " (" + e + ")");
      }
    }
    return found.isEmpty() ? "" : "; not readable: " + String.join(", ", found);
  }

  private static void warn(String message) {
    LOG.log(System.Logger.Level.WARNING, message);
  }

  /** Returns the jars and directories that contain Jython, the one in use first. */
  private static List<String> locations(EngineLoader loader) {
    Set<String> locations = new LinkedHashSet<>();
    String entry = CLASS.replace('.', '/') + ".class";
    try {
      for (URL url : Collections.list(loader.getResources(entry))) {
        locations.add(location(url.toString(), entry));
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The class path could not be looked through.", e);
    }
    return locations.stream().collect(Collectors.toCollection(ArrayList::new));
  }

  /** Returns the archive, or the directory, that a class's URL leads into. */
  private static String location(String url, String entry) {
    String location = url.substring(0, url.length() - entry.length());
    location = location.endsWith("!/") ? location.substring(0, location.length() - 2) : location;
    return location.replaceFirst("^(jar:|war:)*(file:/*)?", location.contains("file:") ? "/" : "");
  }

  /** A program that embeds a container deliberately has Jython beside Isthmus, and no WEB-INF. */
  private static boolean isEmbedded(Class<?> jython, JythonSpec spec) {
    return jython.getClassLoader() == JythonLocations.class.getClassLoader()
        && spec.webInf() == null;
  }
}
