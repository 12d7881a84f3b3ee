// Unpacks the CPython in a web application.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.isthmus.directories.Digest;
import org.isthmus.directories.Platform;
import org.isthmus.directories.SharedDirectory;
import org.isthmus.directories.Tree;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/**
 * {@code WEB-INF/cpython/<platform>.zip}, as {@code isthmus war} makes it: {@code bin/python3} and
 * what it needs. One archive for each platform, because a container that unpacks web applications
 * would write thousands of files, none of them executable.
 *
 * <p>The launcher unpacks the archive beside itself ({@code org.isthmus.launcher.Extraction}). In a
 * container, the copy is below the container's directory for the web application, and has the
 * archive's digest in its name, so that a later start finds it. Neither changes after that.
 */
final class BundledPython {
  private static final String DIRECTORY = "cpython";
  private static final String ARCHIVE = ".zip";
  private static final String PROGRAMS = "bin/";
  private static final String PYTHON = PROGRAMS + "python3";
  private static final String COPY = "isthmus-cpython-";
  private static final String FILE = "SSL_CERT_FILE";
  private static final String FILES = "SSL_CERT_DIR";

  /** The certificates of Debian, Fedora and their descendants, SUSE; Alpine and macOS. */
  private static final List<Path> CERTIFICATES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private BundledPython() {}

  /** Returns the archives of all platforms, in order; none if the web application has no Python. */
  static List<Path> archives(Path webInf) {
    List<Path> found = new ArrayList<>();
    Path directory = webInf == null ? null : webInf.resolve(DIRECTORY);
    if (directory != null && Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ARCHIVE)) {
        files.forEach(found::add);
      } catch (IOException e) {
        throw new WsgiException(e, Rule.BUNDLED_PYTHON_STAGING, directory, e);
      }
    }
    Collections.sort(found);
    return found;
  }

  /**
   * Returns the interpreter, after checking that it runs.
   *
   * @param archives what {@link #archives} has returned: at least one
   * @param temporary an existing directory
   * @throws WsgiException if no archive is for this machine, or its interpreter does not run here
   */
  static Path staged(List<Path> archives, Path temporary) {
    String platform = Platform.here();
    Path archive = of(archives, platform);
    try {
      Path python = files(archive, platform, temporary).resolve(PYTHON);
      checked(python, platform);
      return python;
    } catch (IOException e) {
      throw new WsgiException(e, Rule.BUNDLED_PYTHON_STAGING, archive.getFileName(), e);
    }
  }

  private static Path of(List<Path> archives, String platform) {
    List<String> others = new ArrayList<>();
    for (Path archive : archives) {
      String name = archive.getFileName().toString();
      name = name.substring(0, name.length() - ARCHIVE.length());
      if (name.equals(platform)) {
        return archive;
      }
      others.add(name);
    }
    throw new WsgiException(
        Rule.BUNDLED_PYTHON_PLATFORM, platform, String.join(", ", others), platform);
  }

  /** Returns the directory of the files: the one beside the archive if it is whole, or a copy. */
  private static Path files(Path archive, String platform, Path temporary) throws IOException {
    SharedDirectory shared = SharedDirectory.of(temporary);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      Path beside = archive.resolveSibling(platform);
      if (Files.isExecutable(beside.resolve(PYTHON)) && areIn(entries, beside)) {
        return beside;
      }
      Digest digest = new Digest();
      entries.forEach(e -> digest.add(e.getName(), e.getSize(), e.getCrc(), e.getTime()));
      Path copy = shared.entry(COPY + digest.digits());
      return shared.alone(
          () -> {
            if (!areIn(entries, copy)) {
              Tree.delete(copy);
              shared.make(copy, partial -> unpack(zip, entries, partial));
            }
            return copy;
          });
    }
  }

  /** A cleaner of temporary directories may have deleted some of them. */
  private static boolean areIn(List<? extends ZipEntry> entries, Path copy) throws IOException {
    for (ZipEntry entry : entries) {
      if (!isIn(entry, copy.resolve(entry.getName()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIn(ZipEntry entry, Path file) throws IOException {
    return entry.isDirectory()
        ? Files.isDirectory(file)
        : Files.isRegularFile(file) && Files.size(file) == entry.getSize();
  }

  private static void unpack(ZipFile zip, List<? extends ZipEntry> entries, Path directory)
      throws IOException {
    Tree.createPrivate(directory);
    for (ZipEntry entry : entries) {
      Path file = directory.resolve(entry.getName()).normalize();
      if (!file.startsWith(directory)) {
        throw new IOException(SafeText.quoted(entry.getName()) + " is outside");
      }
      if (entry.isDirectory()) {
        // Ant, jar and zip make entries for directories, too.
        Files.createDirectories(file);
        continue;
      }
      Files.createDirectories(file.getParent());
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, file);
      }
      if (entry.getName().startsWith(PROGRAMS) && !file.toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
    }
  }

  private static void checked(Path python, String platform) {
    String why = PythonProbe.of(python).refusal();
    if (why == null) {
      return;
    }
    // The dynamic linker prints: version `GLIBC_2.35' not found. Without any glibc, as on Alpine,
    // the linker itself is missing.
    boolean isGlibc = why.contains("GLIBC_") || why.contains("another C library");
    Rule rule = isGlibc ? Rule.BUNDLED_PYTHON_GLIBC : Rule.BUNDLED_PYTHON_FAILED;
    throw new WsgiException(rule, platform, why);
  }

  /**
   * Lets OpenSSL find the system's certificates: it looks for them where it was built.
   *
   * @param variables a worker's environment; a variable that is set there stays
   */
  static void addCertificates(Map<String, String> variables) {
    if (!variables.containsKey(FILE) && !variables.containsKey(FILES)) {
      CERTIFICATES.stream()
          .filter(Files::isReadable)
          .findFirst()
          .ifPresent(file -> variables.put(FILE, file.toString()));
    }
  }
}
