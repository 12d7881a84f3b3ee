package org.isthmus.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.isthmus.Contenders;
import org.isthmus.Logged;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkDirectoryTest {
  @TempDir Path base;
  private Path archive;
  private Path directory;

  @BeforeEach
  void writeArchive() throws IOException {
    archive = write("shop.war", "source");
    directory = base.resolve("work");
  }

  private Path write(String name, String source) throws IOException {
    Path file = base.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("WEB-INF/app/shop.py"));
      zip.write(source.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** Names in the directory, but for its own lock. */
  private Set<String> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("isthmus.lock"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void processesThatStartAndEndAtOnceDoNotDisturbEachOther() throws Exception {
    assertEquals("", Contenders.run(StartsContender.class, archive, directory, 1500));
    assertEquals(2, left().size());
  }

  @Test
  void whatNobodyUsesIsDeletedIfItIsOfTheSameName() throws IOException {
    Path first;
    try (WorkDirectory work = WorkDirectory.of(directory, archive)) {
      first = work.extracted();
    }
    try (WorkDirectory work = WorkDirectory.of(directory, write("shop-admin.war", "other"))) {
      work.extracted();
    }
    write("shop.war", "changed");
    assertTrue(Files.exists(first));
    try (WorkDirectory work = WorkDirectory.of(directory, archive)) {
      assertNotEquals(first, work.extracted());
      assertEquals(4, left().size());
    }
    assertTrue(left().stream().anyMatch(name -> name.startsWith("shop-admin-")));
  }

  /** Starts the archive, and returns the warnings; closes at once. */
  private List<String> started() {
    try (Logged log = new Logged();
        WorkDirectory work = WorkDirectory.of(directory, archive)) {
      work.extracted();
      work.temporary();
      return log.messages(Level.WARNING);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"db.sqlite3", "db-wal"})
  void databaseThatTheApplicationWroteIsKeptAndNamed(String name) throws IOException {
    Path first;
    try (WorkDirectory work = WorkDirectory.of(directory, archive)) {
      first = work.extracted();
    }
    Path database = first.resolve("WEB-INF/app").resolve(name);
    Files.writeString(database, "SQLite format 3\0 and more");
    write("shop.war", "changed");
    for (int start = 0; start < 2; start++) {
      List<String> warnings = started();
      assertEquals(1, warnings.size(), warnings.toString());
      assertTrue(warnings.get(0).matches("IS0173: .*" + Pattern.quote(database + "'") + ".*"));
      assertTrue(Files.exists(database));
    }
    Files.delete(database);
    assertEquals(List.of(), started());
    assertFalse(Files.exists(first));
  }

  @Test
  void databaseOfTheArchiveIsNotKept() throws IOException {
    write("shop.war", "SQLite format 3\0 and more");
    Path first;
    try (WorkDirectory work = WorkDirectory.of(directory, archive)) {
      first = work.extracted();
    }
    Files.writeString(first.resolve("WEB-INF/app/notes.txt"), "no database");
    write("shop.war", "changed");
    assertEquals(List.of(), started());
    assertFalse(Files.exists(first));
  }
}
