package org.isthmus.engine.jython.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** isthmus.python.home has a library, or is refused. */
class PythonHomeTest {
  @TempDir Path directory;

  private String refused(Path home) {
    String text = home.toString();
    String message = assertThrows(WsgiException.class, () -> PythonHome.checked(text)).getMessage();
    return message.replace(text, "?").replaceFirst("\\. .*", "");
  }

  @Test
  void directoryWithALibraryIsTaken() throws IOException {
    Files.createDirectory(directory.resolve("Lib"));
    Files.createFile(directory.resolve("Lib").resolve("os.py"));
    assertEquals(directory.toString(), PythonHome.checked(directory.toString()));
  }

  @Test
  void nothingIsRefused() {
    assertEquals(
        "IS0083: isthmus.python.home is '?', which does not exist",
        refused(directory.resolve("jython")));
  }

  @Test
  void fileIsRefused() throws IOException {
    assertEquals(
        "IS0083: isthmus.python.home is '?', which is no directory",
        refused(Files.createFile(directory.resolve("jython.jar"))));
  }

  @Test
  void directoryWithoutALibraryIsRefused() throws IOException {
    Files.createDirectory(directory.resolve("Lib"));
    assertEquals(
        "IS0083: isthmus.python.home is '?', which has no Lib with Python's library (Lib/os.py) in it",
        refused(directory));
  }
}
