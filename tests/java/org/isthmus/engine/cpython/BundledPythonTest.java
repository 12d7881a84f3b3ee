package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.isthmus.directories.Platform;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives have a program that answers as an interpreter would. */
class BundledPythonTest {
  private static final String HERE = Platform.here();

  private static final String FIT = "#!/bin/sh\necho cpython 3 13 .so x86_64\n";

  @TempDir Path directory;
  private Path webInf;
  private Path temporary;

  @BeforeEach
  void directories() throws IOException {
    webInf = Files.createDirectory(directory.resolve("WEB-INF"));
    temporary = Files.createDirectory(directory.resolve("temporary"));
  }

  private void archive(String platform, String program, String... more) throws IOException {
    Path file = webInf.resolve("cpython").resolve(platform + ".zip");
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, "bin/python3", program);
      for (String name : more) {
        add(zip, name, name);
      }
    }
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    if (!name.endsWith("/")) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path staged() {
    return BundledPython.staged(BundledPython.archives(webInf), temporary);
  }

  private void isRefused(Rule rule, String word) {
    WsgiException e = assertThrows(WsgiException.class, this::staged);
    assertEquals(rule, e.rule());
    assertTrue(e.getMessage().contains(word), e.getMessage());
  }

  @Test
  void platformHasTheNameOfJavaCpp() {
    assertEquals("linux-x86_64", Platform.named("Linux", "amd64"));
    assertEquals("linux-arm64", Platform.named("Linux", "aarch64"));
    assertEquals("macosx-x86_64", Platform.named("Mac OS X", "x86_64"));
    assertEquals("windows-x86_64", Platform.named("Windows Server 2022", "amd64"));
  }

  @Test
  void withoutPythonThereIsNoArchive() throws IOException {
    assertEquals(List.of(), BundledPython.archives(null));
    assertEquals(List.of(), BundledPython.archives(webInf));
  }

  @Test
  void programIsExecutableAndItsFilesAreBesideIt() throws IOException {
    archive(HERE, FIT, "lib/os.py");
    archive("plan9-mips", FIT);
    Path python = staged();
    assertTrue(Files.isExecutable(python));
    assertTrue(python.startsWith(temporary.toRealPath()));
    Path library = python.getParent().resolveSibling("lib");
    assertEquals("lib/os.py", Files.readString(library.resolve("os.py")));
  }

  private void assertFoundAgain(Path python) throws IOException {
    Object inode = Files.getAttribute(python, "unix:ino");
    assertEquals(python, staged());
    assertEquals(inode, Files.getAttribute(python, "unix:ino"));
  }

  @Test
  void archiveMayHaveEntriesForDirectories() throws IOException {
    // As Ant, jar and zip make them.
    archive(HERE, FIT, "bin/", "lib/", "lib/os.py", "lib/site-packages/");
    Path first = staged();
    Path library = first.getParent().resolveSibling("lib");
    assertEquals("lib/os.py", Files.readString(library.resolve("os.py")));
    assertTrue(Files.isDirectory(library.resolve("site-packages")));
    assertFoundAgain(first);
  }

  @Test
  void filesBesideTheArchiveNeedNoCopyIfTheyAreWhole() throws IOException {
    archive(HERE, FIT, "lib/os.py");
    Path beside = webInf.resolve("cpython").resolve(HERE);
    Path python = beside.resolve("bin").resolve("python3");
    Files.createDirectories(python.getParent());
    Files.writeString(python, FIT);
    assertTrue(python.toFile().setExecutable(true));
    assertTrue(staged().startsWith(temporary.toRealPath()));
    Files.writeString(Files.createDirectory(beside.resolve("lib")).resolve("os.py"), "lib/os.py");
    assertEquals(python, staged());
  }

  @Test
  void laterStartFindsTheCopy() throws IOException {
    archive(HERE, FIT, "lib/os.py");
    Path first = staged();
    assertFoundAgain(first);
  }

  @Test
  void copyThatHasLostAFileIsMadeAgain() throws IOException {
    archive(HERE, FIT, "lib/os.py");
    Path lost = staged().getParent().resolveSibling("lib").resolve("os.py");
    Files.delete(lost);
    staged();
    assertTrue(Files.exists(lost));
  }

  @Test
  void anotherArchiveHasAnotherCopy() throws IOException {
    archive(HERE, FIT);
    Path first = staged();
    archive(HERE, FIT, "lib/os.py");
    assertNotEquals(first, staged());
  }

  @Test
  void machineOfAnotherPlatformIsRefused() throws IOException {
    archive("plan9-mips", FIT);
    isRefused(Rule.BUNDLED_PYTHON_PLATFORM, "plan9-mips");
    isRefused(Rule.BUNDLED_PYTHON_PLATFORM, HERE);
  }

  @Test
  void oldGlibcIsRefusedByItsName() throws IOException {
    String linker = "/lib/libc.so.6: version `GLIBC_2.35' not found (required by libpython3.13.so)";
    archive(HERE, "#!/bin/sh\necho \"" + linker.replace("`", "\\`") + "\" >&2\nexit 1\n");
    isRefused(Rule.BUNDLED_PYTHON_GLIBC, "GLIBC_2.35");
  }

  @Test
  void machineWithoutTheLinkerIsRefusedLikeAnOldOne() throws IOException {
    archive(HERE, "#!/lib/ld-of-another-libc.so\n");
    isRefused(Rule.BUNDLED_PYTHON_GLIBC, HERE);
  }

  @Test
  void programThatFailsIsRefusedWithWhatItSays() throws IOException {
    archive(HERE, "#!/bin/sh\necho out of order\nexit 3\n");
    isRefused(Rule.BUNDLED_PYTHON_FAILED, "out of order");
  }

  @Test
  void entryOutsideIsNotWritten() throws IOException {
    archive(HERE, FIT, "../evil");
    isRefused(Rule.BUNDLED_PYTHON_STAGING, "../evil");
    assertFalse(Files.exists(temporary.resolve("evil")));
  }

  @Test
  void damagedArchiveIsRefused() throws IOException {
    archive(HERE, FIT);
    Path archive = BundledPython.archives(webInf).get(0);
    Files.writeString(archive, "no archive");
    isRefused(Rule.BUNDLED_PYTHON_STAGING, archive.getFileName().toString());
  }

  @Test
  void environmentsOwnCertificatesWin() {
    Map<String, String> variables = new HashMap<>(Map.of("SSL_CERT_DIR", "/own"));
    BundledPython.addCertificates(variables);
    assertEquals(Map.of("SSL_CERT_DIR", "/own"), variables);
  }
}
