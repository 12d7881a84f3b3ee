package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CPythonProviderTest {
  /** An archive as a file system: like NTFS, it has no POSIX permissions. */
  @Test
  void systemWithoutNamedPipesIsRefused(@TempDir Path temporary) throws IOException {
    URI archive = URI.create("jar:" + temporary.resolve("files.zip").toUri());
    try (FileSystem windows = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      WsgiException refused =
          assertThrows(
              WsgiException.class,
              () -> CPythonProvider.requireNamedPipes(windows.getPath("/temp")));
      assertEquals(Rule.NAMED_PIPES_ABSENT, refused.rule());
      assertTrue(refused.getMessage().contains("WSL 2"), refused.getMessage());
    }
  }

  @Test
  void thisSystemIsNot(@TempDir Path temporary) {
    assertDoesNotThrow(() -> CPythonProvider.requireNamedPipes(temporary));
  }
}
