package org.isthmus.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files isthmus.reload.extra stands for. */
class FilePatternsTest {
  @TempDir Path top;
  private Path base;

  @BeforeEach
  void write() throws IOException {
    // Brackets are no pattern where they are not the operator's.
    base = top.resolve("web [1]");
    for (String name :
        List.of("a.yaml", "app/b.yaml", "app/in/c.yaml", "app/in/d.txt", "app/.git/e.yaml")) {
      Path file = base.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
  }

  private Set<String> found(String... patterns) {
    Set<String> names = new TreeSet<>();
    for (Path file : new FilePatterns(base, List.of(patterns)).files()) {
      names.add(base.relativize(file).toString().replace('\\', '/'));
    }
    return names;
  }

  @Test
  void nameIsItsFileBeItThereOrNot() {
    assertEquals(Set.of("a.yaml", "later/x.txt"), found("a.yaml", "later/x.txt"));
  }

  @Test
  void directoryIsAllThatIsInAndBelowItButWhatIsHidden() {
    assertEquals(Set.of("app/b.yaml", "app/in/c.yaml", "app/in/d.txt"), found("app"));
  }

  @Test
  void starStaysInItsDirectoryAndTwoDoNot() {
    assertEquals(Set.of("app/b.yaml"), found("app/*.yaml"));
    assertEquals(Set.of("app/b.yaml", "app/in/c.yaml"), found("app/**.yaml"));
    assertEquals(Set.of("a.yaml"), found("*.yaml"));
    assertEquals(Set.of("app/in/c.yaml", "app/in/d.txt"), found("*/in/*.{yaml,txt}"));
  }

  @Test
  void absolutePatternsAreOutsideOfTheBase() throws IOException {
    Path other = Files.writeString(top.resolve("other.ini"), "");
    assertEquals(Set.of(other), new FilePatterns(base, List.of(top + "/*.ini")).files());
    assertEquals(Set.of(other), new FilePatterns(base, List.of(other.toString())).files());
  }

  @Test
  void whatIsNotThereIsNoError() {
    assertEquals(Set.of(), found("nowhere/*.txt"));
  }

  @Test
  void malformedPatternIsNone() {
    assertTrue(FilePatterns.isOne("app/**.yaml"));
    assertFalse(FilePatterns.isOne("app/[.yaml"));
    assertFalse(FilePatterns.isOne("a\0b"));
    assertFalse(FilePatterns.isOne("a\0b/*.txt"));
    assertFalse(FilePatterns.isOne(""));
  }

  /** No path of Windows has a star, a question mark or a bar in it. */
  @Test
  void patternsAreNoPathsOfWindows() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path webInf = windows.getPath("C:\\web\\WEB-INF");
      for (String name : List.of("jython\\a.jar", "lib-python\\b.pth", "..\\..\\conf\\c.ini")) {
        Path file = webInf.resolve(name).normalize();
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
      }
      List<String> patterns =
          List.of("jython/*.jar", "lib-python/*.{pth,egg}", "C:/conf/?.ini", "later.txt");
      Set<String> names = new TreeSet<>();
      new FilePatterns(webInf, patterns).files().forEach(file -> names.add(file.toString()));
      assertEquals(
          Set.of(
              "C:\\conf\\c.ini",
              "C:\\web\\WEB-INF\\jython\\a.jar",
              "C:\\web\\WEB-INF\\later.txt",
              "C:\\web\\WEB-INF\\lib-python\\b.pth"),
          names);
      assertTrue(FilePatterns.isOne("jython/*.jar", windows));
      assertFalse(FilePatterns.isOne("a|b.txt", windows));
      assertFalse(FilePatterns.isOne("a|b/*.txt", windows));
    }
  }
}
