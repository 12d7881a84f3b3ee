package org.isthmus.engine.jython.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isthmus.Messages;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** isthmus.python.home has a library, or is refused. */
class PythonHomeTest {
  @TempDir Path directory;

  private String refused(Path home) {
    String text = home.toString();
    String message = assertThrows(WsgiException.class, () -> PythonHome.checked(text)).getMessage();
    Messages.assertSays(message, "IS0083: ", "isthmus.python.home", "'" + text + "'");
    // What is wrong with it, without what to do.
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
    Messages.assertSays(refused(directory.resolve("jython")), "exist");
  }

  @Test
  void fileIsRefused() throws IOException {
    Messages.assertSays(refused(Files.createFile(directory.resolve("jython.jar"))), "directory");
  }

  @Test
  void directoryWithoutALibraryIsRefused() throws IOException {
    Files.createDirectory(directory.resolve("Lib"));
    Messages.assertSays(refused(directory), "Lib/os.py");
  }
}
