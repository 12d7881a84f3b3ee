// The copy of a packed web application is whole, belongs to one deployment, and goes with it.
package org.isthmus.webinf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isthmus.Contenders;
import org.isthmus.directories.Tree;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedCopyTest {
  private static final Map<String, String> COPIED = Map.of("app/shop.py", "source");

  @TempDir Path base;
  private Path temporary;
  private Path archive;

  @BeforeEach
  void writeArchive() throws IOException {
    temporary = Files.createDirectory(base.resolve("temporary"));
    archive = packed("source");
  }

  private Path packed(String source) throws IOException {
    Path place = base.resolve("shop.war");
    return PackedWebApp.archive(place, Map.of("WEB-INF/app/shop.py", source));
  }

  private WebInf webInf() throws IOException {
    return new PackedWebApp(archive, temporary).webInf();
  }

  /** Names in the temporary directory, but for its own lock. */
  private Set<String> left() throws IOException {
    return PackedWebApp.names(temporary);
  }

  @Test
  void nobodyElseMayReadTheCopy() throws IOException {
    try (WebInf webInf = webInf()) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(webInf.directory())));
    }
  }

  @Test
  void closeDeletesTheCopy() throws IOException {
    try (WebInf webInf = webInf()) {
      Files.writeString(webInf.directory().resolve("app/written.txt"), "by the application");
    }
    assertEquals(Set.of(), left());
  }

  @Test
  void archiveIsNotHeldOpen() throws IOException {
    try (WebInf webInf = webInf();
        Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      assertTrue(Files.exists(webInf.directory()));
      List<Path> open =
          descriptors
              .map(
                  link -> {
                    try {
                      return Files.readSymbolicLink(link);
                    } catch (IOException e) {
                      return link;
                    }
                  })
              .collect(Collectors.toList());
      assertTrue(open.contains(Path.of(webInf.directory() + ".lock")));
      assertFalse(open.contains(archive));
    }
  }

  @Test
  void copyIsNamedByWhatIsInIt() throws IOException {
    Path first;
    try (WebInf webInf = webInf()) {
      first = webInf.directory();
    }
    try (WebInf webInf = webInf()) {
      assertEquals(first, webInf.directory());
    }
    packed("changed");
    try (WebInf webInf = webInf()) {
      assertNotEquals(first, webInf.directory());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"halt", "exit"})
  void completeCopyOfAnEarlierProcessIsUsedAgain(String end) throws IOException {
    Path earlier = earlier(end);
    Files.writeString(earlier.resolve("mark"), "still there");
    try (WebInf webInf = webInf()) {
      assertEquals(earlier, webInf.directory());
      assertTrue(Files.exists(earlier.resolve("mark")));
    }
    assertEquals(Set.of(), left());
  }

  /** Leaves the copy of a process that has ended. */
  private Path earlier(String end) throws IOException {
    String directory;
    try (Stages stages = Stages.start(archive, temporary, end)) {
      directory = stages.answer();
    }
    assertTrue(Files.isDirectory(Path.of(directory)), directory);
    return Path.of(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "shortened", "touched"})
  void incompleteCopyIsMadeAnew(String damage) throws IOException {
    Path earlier = earlier("halt");
    Files.writeString(earlier.resolve("mark"), "of the incomplete one");
    Path file = earlier.resolve("app/shop.py");
    if (damage.equals("touched")) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    } else {
      Files.delete(file);
    }
    if (damage.equals("shortened")) {
      Files.writeString(file, "sour");
      Files.setLastModifiedTime(file, PackedWebApp.TIME);
    }
    try (WebInf webInf = webInf()) {
      assertEquals(COPIED, PackedWebApp.content(webInf.directory()));
    }
  }

  @Test
  void copyOfAnotherVersionIsDeleted() throws IOException {
    packed("old");
    Path old = earlier("halt");
    packed("new");
    try (WebInf webInf = webInf()) {
      String name = webInf.directory().getFileName().toString();
      assertNotEquals(old, webInf.directory());
      assertEquals(Set.of(name, name + ".lock"), left());
    }
  }

  @Test
  void halfWrittenCopyIsNeverUsed() throws IOException {
    String name = earlier("halt").getFileName().toString();
    Path half = Files.createDirectories(temporary.resolve(name + ".partial/app"));
    Files.writeString(half.resolve("shop.py"), "appli");
    Tree.delete(temporary.resolve(name));
    try (WebInf webInf = webInf()) {
      assertEquals(COPIED, PackedWebApp.content(webInf.directory()));
      assertEquals(Set.of(name, name + ".lock"), left());
    }
  }

  @Test
  void anotherProcessHasACopyOfItsOwn() throws IOException {
    try (Stages other = Stages.start(archive, temporary, "halt")) {
      Path others = Path.of(other.answer());
      try (WebInf webInf = webInf()) {
        assertEquals(Path.of(others + "-2"), webInf.directory());
        assertEquals(PackedWebApp.content(others), PackedWebApp.content(webInf.directory()));
      }
      assertEquals(COPIED, PackedWebApp.content(others));
    }
  }

  @Test
  void threadsHaveCopiesOfTheirOwn() throws Exception {
    int number = 8;
    ExecutorService threads = Executors.newFixedThreadPool(number);
    List<Callable<WebInf>> tasks = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      tasks.add(this::webInf);
    }
    List<WebInf> copies = new ArrayList<>();
    for (Future<WebInf> copy : threads.invokeAll(tasks)) {
      copies.add(copy.get());
    }
    threads.shutdown();
    assertEquals(number, copies.stream().map(WebInf::directory).distinct().count());
    for (WebInf copy : copies) {
      assertEquals(COPIED, PackedWebApp.content(copy.directory()));
      copy.close();
      assertFalse(Files.exists(copy.directory()));
    }
    assertEquals(Set.of(), left());
  }

  @Test
  void processesNeverHaveOneCopyAtOnce() throws Exception {
    assertEquals("", Contenders.run(CopiesContender.class, archive, temporary, 1500));
    assertEquals(Set.of(), left());
  }

  @Test
  void copyStaysOursWhenThisJvmMakesAnother() throws Exception {
    try (WebInf first = webInf();
        WebInf second = webInf();
        Stages other = Stages.start(archive, temporary, "halt")) {
      assertEquals(Path.of(first.directory() + "-2"), second.directory());
      assertEquals(first.directory() + "-3", other.answer());
    }
  }

  @Test
  void writeThatFailsLeavesNothing() throws IOException {
    String large = "x".repeat(1_000_000);
    PackedWebApp.archive(archive, Map.of("WEB-INF/a.py", "a", "WEB-INF/z.py", large));
    try (Stages stages = Stages.start(archive, temporary, "exit", "200")) {
      String answer = stages.answer();
      assertTrue(answer.startsWith("IS0008: "), answer);
      assertTrue(answer.contains("'" + temporary + "': java.io.IOException: "), answer);
    }
    assertEquals(Set.of(), left());
  }

  @Test
  void copyThatFailsHalfWayLeavesNothing() throws IOException {
    // The directory of the archive is whole, and the content of its last file is not.
    PackedWebApp.archive(archive, Map.of("WEB-INF/a.py", "a", "WEB-INF/z.py", "z".repeat(99)));
    byte[] bytes = Files.readAllBytes(archive);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int content = text.indexOf("WEB-INF/z.py") + "WEB-INF/z.py".length();
    for (int i = content; i < text.indexOf("PK\7\10", content); i++) {
      bytes[i] = (byte) 0xFF;
    }
    Files.write(archive, bytes);
    WsgiException failure = assertThrows(WsgiException.class, this::webInf);
    assertEquals(Rule.STAGING_FAILED, failure.rule());
    assertEquals(Set.of(), left());
  }
}
