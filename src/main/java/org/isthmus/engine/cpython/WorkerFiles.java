// Copies the Python sources that workers run out of the jar.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The copy is below the web application's temporary directory and named after its content, so that
 * a later start finds it, together with the bytecode that Python has made.
 */
final class WorkerFiles {
  /** The list of files, which the build writes, because Java cannot list a jar's content. */
  private static final String LIST = "files.txt";

  private static final int ATTEMPTS = 5;

  private WorkerFiles() {}

  /** Returns the directory to put on sys.path. */
  static Path staged(Path temporary) throws IOException {
    Map<String, byte[]> files = read();
    Path directory = temporary.resolve("isthmus-python-" + digest(files));
    if (Files.isDirectory(directory) && isWhole(directory, files)) {
      return directory;
    }
    // Complete or absent: another start may be doing the same at this moment.
    Path partial = Files.createTempDirectory(temporary, "isthmus-python-");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = partial.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    try {
      delete(directory);
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      delete(partial);
    } catch (FileSystemException e) {
      if (!isWhole(directory, files)) {
        throw e;
      }
      delete(partial);
    }
    return directory;
  }

  private static boolean isWhole(Path directory, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      if (!Files.isRegularFile(path) || Files.size(path) != file.getValue().length) {
        return false;
      }
    }
    return true;
  }

  /**
   * Deletes a directory with all that is in it. Another thread may be doing so with a part: what a
   * worker has is deleted when its process ends.
   */
  static void delete(Path directory) throws IOException {
    IOException failure = null;
    for (int i = 0; i < ATTEMPTS && Files.exists(directory); i++) {
      try {
        deleteOnce(directory);
      } catch (UncheckedIOException e) {
        failure = e.getCause();
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        failure = e;
      }
    }
    if (failure != null && Files.exists(directory)) {
      throw failure;
    }
  }

  private static void deleteOnce(Path directory) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  private static Map<String, byte[]> read() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String list =
        new String(
            bytes(WorkerFiles.class.getResourceAsStream(LIST), LIST), StandardCharsets.UTF_8);
    for (String name : (Iterable<String>) list.lines()::iterator) {
      String path = name.strip();
      files.put(path, bytes(WorkerFiles.class.getClassLoader().getResourceAsStream(path), path));
    }
    return files;
  }

  private static byte[] bytes(InputStream stream, String name) throws IOException {
    if (stream == null) {
      throw new IOException("Isthmus's jar has no " + name);
    }
    try (InputStream in = stream) {
      return in.readAllBytes();
    }
  }

  private static String digest(Map<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (name, content) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(content);
          });
      StringBuilder text = new StringBuilder();
      byte[] octets = digest.digest();
      for (int i = 0; i < 8; i++) {
        text.append(String.format(Locale.ROOT, "%02x", octets[i]));
      }
      return text.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
