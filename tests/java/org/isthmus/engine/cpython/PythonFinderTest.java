package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonFinderTest {
  @TempDir Path directory;

  /** A program that answers as an interpreter would. */
  private Path python(String name, String answer) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    String minor = answer.replaceFirst(".* ", "");
    String rest = ".cpython-3" + minor + "-x86_64-linux-gnu.so,.abi3.so,.so x86_64";
    Files.writeString(file, "#!/bin/sh\necho '" + answer + " " + rest + "'\n");
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
    assertEquals(named, PythonFinder.find(named.toString(), List.of(), ""));
  }

  @Test
  void settingNamesAProgramOnPath() throws IOException {
    python("a/python3", "cpython 3 13");
    Path named = python("b/python3.11", "cpython 3 11");
    assertEquals(named, PythonFinder.find("python3.11", List.of(), path("a", "b")));
  }

  @Test
  void firstOnPathThatIsFitIsTaken() throws IOException {
    python("a/python3", "cpython 3 8");
    python("b/python3", "pypy 3 10");
    python("c/python3", "no answer");
    Path fit = python("d/python3", "cpython 3 14");
    assertEquals(fit, PythonFinder.find(null, List.of(), path("absent", "a", "b", "c", "d")));
  }

  @Test
  void messageHasWhatWasLookedAt() throws IOException {
    Path old = python("a/python3", "cpython 3 8");
    Path other = python("b/python3", "pypy 3 10");
    WsgiException e =
        assertThrows(WsgiException.class, () -> PythonFinder.find(null, List.of(), path("a", "b")));
    assertEquals(Rule.PYTHON_ABSENT, e.rule());
    assertTrue(e.getMessage().contains(old + " (its version is 3.8)"), e.getMessage());
    assertTrue(e.getMessage().contains(other + " (it is pypy)"), e.getMessage());
    e = assertThrows(WsgiException.class, () -> PythonFinder.find("/x/y", List.of(), path("a")));
    assertTrue(e.getMessage().contains("/x/y (not there)"), e.getMessage());
  }

  private String refusal(String setting) {
    List<Path> libraries = List.of(directory.resolve("WEB-INF/lib-python"));
    return assertThrows(
            WsgiException.class, () -> PythonFinder.find(setting, libraries, path("a", "b")))
        .getMessage();
  }

  private void library(String name, String... lines) throws IOException {
    Path file = directory.resolve("WEB-INF/lib-python").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  @Test
  void programOfAnotherArchitectureIsToldApart() throws IOException {
    Path named = directory.resolve("python3");
    // An ELF header for the processor 0xFFFF, which nobody has.
    byte[] header = new byte[64];
    byte[] start = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, -1, -1, 1};
    System.arraycopy(start, 0, header, 0, start.length);
    Files.write(named, header);
    assertTrue(named.toFile().setExecutable(true));
    String message = refusal(named.toString());
    assertTrue(message.contains(named + " (it was built for another architecture"), message);
  }

  @Test
  void extensionOfAnotherVersionRefusesAnInterpreterAndNotTheNext() throws IOException {
    Path other = python("a/python3", "cpython 3 11");
    library("shop/_fast.cpython-312-x86_64-linux-gnu.so");
    library("numpy.libs/libopenblas-1234.so");
    String message = refusal(null);
    assertTrue(
        message.contains(other + " (the libraries in lib-python were installed for another"),
        message);
    assertTrue(message.contains("shop/_fast.cpython-312-x86_64-linux-gnu.so"), message);
    assertTrue(message.contains("this one loads *.cpython-311-x86_64-linux-gnu.so"), message);
    Path fit = python("b/python3", "cpython 3 12");
    List<Path> libraries = List.of(directory.resolve("WEB-INF/lib-python"));
    assertEquals(fit, PythonFinder.find(null, libraries, path("a", "b")));
    // One that carries several, or the stable ABI, is for each of them.
    library("shop/_fast.cpython-311-x86_64-linux-gnu.so");
    library("shop/_slow.abi3.so");
    assertEquals(other, PythonFinder.find(null, libraries, path("a", "b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cp312-cp312-manylinux_2_17_x86_64",
        "cp312-abi3-manylinux_2_17_x86_64",
        "cp311-cp311-manylinux_2_17_aarch64",
        "cp39-abi3-musllinux_1_2_x86_64",
        "cp311-cp311-macosx_11_0_arm64",
        "cp311-cp311-win_amd64",
        "cp311-cp311t-manylinux_2_17_x86_64",
        "py3-none-manylinux_2_17_aarch64"
      })
  void wheelForAnotherPythonRefusesAnInterpreter(String tag) throws IOException {
    python("a/python3", "cpython 3 11");
    library("numpy-2.1.0.dist-info/WHEEL", "Root-Is-Purelib: false", "Tag: " + tag);
    assertTrue(refusal(null).contains("numpy 2.1.0, " + tag), refusal(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cp311-cp311-manylinux_2_17_x86_64",
        "cp39-abi3-manylinux2014_x86_64",
        "cp311-cp311-linux_x86_64",
        "py3-none-manylinux_2_17_x86_64",
        "py3-none-any",
        "py2-none-any"
      })
  void wheelForItDoesNot(String tag) throws IOException {
    Path fit = python("a/python3", "cpython 3 11");
    library("x-1.dist-info/WHEEL", "Tag: cp27-cp27mu-manylinux1_x86_64", "Tag: " + tag);
    assertEquals(
        fit, PythonFinder.find(null, List.of(directory.resolve("WEB-INF/lib-python")), path("a")));
  }
}
