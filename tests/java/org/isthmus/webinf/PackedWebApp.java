// A web application in an archive, for tests: made of given files, and read from a real file.
package org.isthmus.webinf;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.isthmus.Fake;

/** What the tests let the ServletContext of a packed web application answer. */
public final class PackedWebApp {
  /** An odd second: the time of a file in an archive has two of them, but for its extra field. */
  static final FileTime TIME = FileTime.fromMillis(1_500_000_001_000L);

  private final Path temporary;
  private final String archive;
  private final List<String> asked = new ArrayList<>();
  private Path over;
  private boolean isTomcat;
  private final Set<String> names = new TreeSet<>();
  private final Set<String> strays = new TreeSet<>();

  /** Reads an archive. */
  PackedWebApp(Path archive, Path temporary) throws IOException {
    this.archive = "jar:" + archive.toUri() + "!";
    this.temporary = temporary;
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      zip.stream().forEach(entry -> names.add("/" + entry.getName()));
    }
  }

  /** Writes an archive. */
  static Path archive(Path archive, Map<String, String> files) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()).setLastModifiedTime(TIME));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return archive;
  }

  /** Returns the text of each file below a directory. */
  static Map<String, String> content(Path directory) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
        content.put(directory.relativize(file).toString(), Files.readString(file));
      }
    }
    return content;
  }

  /** Returns the names in a directory. */
  static Set<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("isthmus.lock"))
          .collect(Collectors.toSet());
    }
  }

  /** Has the container list one more name, such as a careless one takes from an archive. */
  PackedWebApp listed(String name) {
    names.add(name);
    if (!name.startsWith("/WEB-INF/")) {
      strays.add(name);
    }
    return this;
  }

  /** Has the container take what a directory has from there. */
  PackedWebApp laidOver(Path directory) {
    over = directory;
    return this;
  }

  /** Has the container give URLs as Tomcat does, which lead to the archive in its own way. */
  PackedWebApp ofTomcat() {
    isTomcat = true;
    return this;
  }

  /** The resources that were asked for, in this order. */
  List<String> asked() {
    return asked;
  }

  ServletContext context() {
    return Fake.of(ServletContext.class, this);
  }

  WebInf webInf() {
    return WebInf.of(context());
  }

  public Object getAttribute(String name) {
    return name.equals(ServletContext.TEMPDIR) && temporary != null ? temporary.toFile() : null;
  }

  public String getRealPath(String path) {
    return null;
  }

  public Set<String> getResourcePaths(String directory) {
    Set<String> found = new TreeSet<>();
    for (String name : names) {
      if (strays.contains(name) && directory.equals("/WEB-INF/")) {
        found.add(name);
      } else if (name.startsWith(directory) && !name.equals(directory)) {
        int end = name.indexOf('/', directory.length());
        found.add(end < 0 ? name : name.substring(0, end + 1));
      }
    }
    return found;
  }

  /** Percent-encoded, as containers give it; for some names wrong, or none at all. */
  public URL getResource(String path) throws IOException {
    asked.add(path);
    if (path.contains("[")) {
      return null;
    }
    if (isTomcat) {
      String war = "war:" + archive.substring("jar:".length(), archive.length() - 1) + "*" + path;
      return new URL(null, war, new Unused());
    }
    return path.contains("%") ? new URL(archive + path) : url(path);
  }

  public InputStream getResourceAsStream(String path) throws IOException {
    URLConnection connection = url(path).openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private URL url(String path) throws IOException {
    Path laid = over == null ? null : over.resolve(path.substring(1));
    return laid != null && Files.exists(laid)
        ? laid.toUri().toURL()
        : new URL(archive + path.replace("%", "%25").replace(" ", "%20"));
  }

  private static final class Unused extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      throw new IOException("it would tell the time of the archive");
    }
  }
}
