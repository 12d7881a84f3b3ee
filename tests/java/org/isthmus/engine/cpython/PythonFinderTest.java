package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonFinderTest {
  @TempDir Path directory;

  /** A program that answers as an interpreter would. */
  private Path python(String name, String answer) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\necho '" + answer + "'\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private String path(String... directories) {
    StringBuilder path = new StringBuilder();
    for (String each : directories) {
      path.append(directory.resolve(each)).append(java.io.File.pathSeparator);
    }
    return path.toString();
  }

  @Test
  void settingNamesAFile() throws IOException {
    Path named = python("venv/python", "cpython 3 9");
    assertEquals(named, PythonFinder.find(named.toString(), ""));
  }

  @Test
  void settingNamesAProgramOnPath() throws IOException {
    python("a/python3", "cpython 3 13");
    Path named = python("b/python3.11", "cpython 3 11");
    assertEquals(named, PythonFinder.find("python3.11", path("a", "b")));
  }

  @Test
  void firstOnPathThatIsFitIsTaken() throws IOException {
    python("a/python3", "cpython 3 8");
    python("b/python3", "pypy 3 10");
    python("c/python3", "no answer");
    Path fit = python("d/python3", "cpython 3 14");
    assertEquals(fit, PythonFinder.find(null, path("absent", "a", "b", "c", "d")));
  }

  @Test
  void messageHasWhatWasLookedAt() throws IOException {
    Path old = python("a/python3", "cpython 3 8");
    Path other = python("b/python3", "pypy 3 10");
    WsgiException e =
        assertThrows(WsgiException.class, () -> PythonFinder.find(null, path("a", "b")));
    assertEquals(Rule.PYTHON_ABSENT, e.rule());
    assertTrue(e.getMessage().contains(old + " (its version is 3.8)"), e.getMessage());
    assertTrue(e.getMessage().contains(other + " (it is pypy)"), e.getMessage());
    e = assertThrows(WsgiException.class, () -> PythonFinder.find("/x/y", path("a")));
    assertTrue(e.getMessage().contains("/x/y (not there)"), e.getMessage());
  }
}
