package org.isthmus.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords of the command line. */
class OptionsTest {
  @Test
  void passwordFilesAreReadOnce(@TempDir Path directory) throws Exception {
    // As /dev/stdin, which is empty the second time.
    Path file = Files.writeString(directory.resolve("password"), "sesame\n");
    List<String> words =
        List.of(
            "--jndi=jdbc/app=jdbc:h2:mem:app",
            "--jndi-password=jdbc/app=file:" + file,
            "--tls-keystore=" + file,
            "--tls-password=file:" + file);
    Options options = Options.of(words, name -> null);
    Files.delete(file);
    assertEquals("sesame", options.password());
    assertEquals("sesame", options.dataSources().get(0).password());
  }
}
