// Copies the Python sources that workers run from the jar into files.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.isthmus.directories.Digest;
import org.isthmus.directories.Tree;

/**
 * The copy is below the web application's temporary directory and named after its content, so that
 * a later start finds it, together with the bytecode that Python has made.
 */
final class WorkerFiles {
  /** The list of files, which the build writes, because Java cannot list a jar's content. */
  private static final String LIST = "files.txt";

  private WorkerFiles() {}

  /** Returns the directory to put on sys.path. */
  static Path staged(Path temporary) throws IOException {
    Map<String, byte[]> files = read();
    Path directory = temporary.resolve("isthmus-python-" + digest(files));
    if (Files.isDirectory(directory) && isWhole(directory, files)) {
      return directory;
    }
    // Renamed once it is complete: another start may be doing the same at this moment.
    Path partial = Files.createTempDirectory(temporary, "isthmus-python-");
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = partial.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      Tree.delete(directory);
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!isWhole(directory, files)) {
        throw e;
      }
    } finally {
      Tree.delete(partial);
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
    Digest digest = new Digest();
    files.forEach(digest::add);
    return digest.digits();
  }
}
