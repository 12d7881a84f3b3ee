package org.isthmus.watch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a change of a file, and what does not. */
class FileWatchTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path directory;
  private Path file;
  private FileWatch watch;

  @BeforeEach
  void begin() throws IOException {
    file = old("module.py");
    watch = new FileWatch(System.currentTimeMillis() - 60_000);
  }

  private Path old(String name) throws IOException {
    Path made = directory.resolve(name);
    Files.createDirectories(made.getParent());
    Files.writeString(made, "1");
    Files.setLastModifiedTime(made, LONG_AGO);
    return made;
  }

  private boolean look(Path... imported) {
    return watch.look(() -> Set.of(imported), Set::of);
  }

  @Test
  void fileThatStaysAsItIsHasNotChanged() {
    assertFalse(look(file));
    assertFalse(look(file));
  }

  @Test
  void otherTimeIsAChangeOnce() throws IOException {
    look(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(LONG_AGO.toMillis() - 1000));
    assertTrue(look(file));
    assertFalse(look(file));
  }

  @Test
  void otherFileInItsPlaceIsAChangeThoughTimeAndSizeAreTheSame() throws IOException {
    look(file);
    Files.move(old("other"), file, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(look(file));
  }

  @Test
  void fileThatGoesAndComesIsAChangeEachTime() throws IOException {
    look(file);
    Files.delete(file);
    assertTrue(look(file));
    old("module.py");
    assertTrue(look(file));
  }

  @Test
  void fileThatIsImportedLaterHasChangedOnlyIfItIsNewerThanTheLastLook() throws IOException {
    look(file);
    Path lazy = old("lazy.py");
    assertFalse(look(file, lazy));
    watch = new FileWatch(System.currentTimeMillis() - 60_000);
    Path fresh = directory.resolve("fresh.py");
    Files.writeString(fresh, "1");
    assertTrue(look(file, fresh));
  }

  @Test
  void fileThatIsWrittenInTheKernelsTickOfTheLastLookHasChanged() throws IOException {
    long now = System.currentTimeMillis();
    look();
    Path fresh = old("fresh.py");
    Files.setLastModifiedTime(fresh, FileTime.fromMillis(now - 8));
    assertTrue(look(fresh));
  }

  @Test
  void fileThatIsWrittenWhileFilesAreListedHasChanged() throws IOException {
    Path fresh = old("fresh.py");
    watch.look(Set::of, () -> written(fresh));
    assertTrue(look(fresh));
  }

  /** Lists nothing, in the time that a file needs to be older than the listing's end. */
  private static Set<Path> written(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      Thread.sleep(50);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return Set.of();
  }

  @Test
  void creationIsATouchHoweverOldTheFileIsAndDeletionIsNone() throws IOException {
    Path touched = directory.resolve("reload.txt");
    Changes changes = Changes.touches(watch, () -> touched);
    assertFalse(isSeen(changes));
    old("reload.txt");
    assertTrue(isSeen(changes));
    assertFalse(isSeen(changes));
    Files.delete(touched);
    assertFalse(isSeen(changes));
    old("reload.txt");
    assertTrue(isSeen(changes));
  }

  /** Twice: a change counts once the file rests. */
  private static boolean isSeen(Changes changes) {
    boolean atOnce = changes.isDue();
    return changes.isDue() || atOnce;
  }

  @Test
  void timeInTheFutureIsNoChangeOfItself() throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));
    assertFalse(look(file), "clocks differ: it would be reloaded for an hour");
    assertFalse(look(file));
  }

  @Test
  void fileThatIsNotShownAgainHasNotChanged() throws IOException {
    Path other = old("other.py");
    look(file, other);
    Files.writeString(other, "22");
    assertFalse(look(file));
  }

  @Test
  void moduleInAnArchiveIsTheArchive() throws IOException {
    Path egg = old("library.egg");
    Path inside = egg.resolve("package").resolve("module.py");
    assertFalse(look(inside));
    Files.writeString(egg, "22");
    assertTrue(look(inside));
    Files.delete(egg);
    assertTrue(look(inside));
  }

  @Test
  void moduleThatComesIntoADirectoryIsAChangeAndAnEditorsFileIsNone() throws IOException {
    look(directory);
    old(".module.py.swp");
    old("module.py~");
    old("4913.txt");
    assertFalse(look(directory));
    old("missing.py");
    assertTrue(look(directory));
    old("package/__init__.py");
    assertTrue(look(directory));
  }

  @Test
  void listedFileThatComesOrGoesIsAChangeHoweverOldItIs() throws IOException {
    watch.look(Set::of, () -> Set.of(file));
    Path other = old("other.txt");
    assertTrue(watch.look(Set::of, () -> Set.of(file, other)));
    assertFalse(watch.look(Set::of, () -> Set.of(file, other)));
    assertTrue(watch.look(Set::of, () -> Set.of(other)));
  }

  @Test
  void saveThatIsGoingOnIsWaitedFor() throws IOException {
    Changes changes = new Changes(watch, () -> Set.of(file), Set::of);
    assertFalse(changes.isDue());
    Files.writeString(file, "");
    assertFalse(changes.isDue(), "it may go on");
    Files.writeString(file, "22");
    assertFalse(changes.isDue(), "it went on");
    assertTrue(changes.isDue());
    assertFalse(changes.isDue());
  }

  @Test
  void fileThatNeverRestsDoesNotPutAReloadOffForEver() throws IOException {
    Changes changes = new Changes(watch, () -> Set.of(file), Set::of);
    changes.isDue();
    long end = System.nanoTime() + 60_000_000_000L;
    StringBuilder text = new StringBuilder();
    do {
      Files.writeString(file, text.append('x'));
    } while (!changes.isDue() && System.nanoTime() - end < 0);
    assertTrue(System.nanoTime() - end < 0);
  }
}
