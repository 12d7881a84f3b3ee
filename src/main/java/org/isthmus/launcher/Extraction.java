// The files of an archive, and whether a directory has all of them.
package org.isthmus.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.isthmus.directories.Digest;
import org.isthmus.directories.Platform;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** An archive opened for reading. */
final class Extraction implements AutoCloseable {
  private final ZipFile zip;
  private final List<ZipEntry> entries;

  private Extraction(ZipFile zip) {
    this.zip = zip;
    this.entries = List.copyOf(Collections.list(zip.entries()));
  }

  /**
   * Opens an archive.
   *
   * @throws WsgiException if it is not an archive
   */
  static Extraction of(Path archive) {
    try {
      return new Extraction(new ZipFile(archive.toFile()));
    } catch (IOException e) {
      throw new WsgiException(e, Rule.WAR_UNREADABLE, archive, e);
    }
  }

  /**
   * Extracts an archive, and the CPython in it.
   *
   * @throws WsgiException if it cannot be read, or the directory cannot be written
   */
  static void extract(Path archive, Path directory) {
    try (Extraction files = of(archive)) {
      files.repair(directory);
      repairPython(directory);
    } catch (IOException e) {
      throw new WsgiException(e, Rule.WORKDIR, directory, e);
    }
  }

  /** Returns sixteen digits that change with any file's name, length, CRC-32 or time. */
  String digest() {
    Digest digest = new Digest();
    for (ZipEntry entry : entries) {
      digest.add(entry.getName(), entry.getSize(), entry.getCrc(), entry.getTime());
    }
    return digest.digits();
  }

  /**
   * Writes the missing files below a directory: all of them, or those that a cleaner of temporary
   * directories has deleted. Files keep their times, by which Python matches bytecode to sources.
   */
  void repair(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (ZipEntry entry : entries) {
      Path target = directory.resolve(entry.getName()).normalize();
      if (!target.startsWith(directory)) {
        throw new WsgiException(Rule.RESOURCE_OUTSIDE, "'" + entry.getName() + "'");
      }
      if (entry.isDirectory()) {
        Files.createDirectories(target);
      } else if (!Files.isRegularFile(target) || Files.size(target) != entry.getSize()) {
        write(entry, target);
      }
    }
  }

  /**
   * Writes the missing files of the CPython that a web application has for this machine, beside its
   * archive, where the engine finds them: no start has to.
   *
   * @param root the web application, as real files
   */
  static void repairPython(Path root) throws IOException {
    Path directory = root.resolve("WEB-INF").resolve("cpython").resolve(Platform.here());
    Path archive = directory.resolveSibling(directory.getFileName() + ".zip");
    if (!Files.isRegularFile(archive)) {
      return;
    }
    try (Extraction python = of(archive)) {
      python.repair(directory);
    }
    try (DirectoryStream<Path> programs = Files.newDirectoryStream(directory.resolve("bin"))) {
      // For all, because root may extract what another user runs, as a Dockerfile does.
      programs.forEach(program -> program.toFile().setExecutable(true, false));
    }
  }

  private void write(ZipEntry entry, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setLastModifiedTime(partial, entry.getLastModifiedTime());
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
