package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** docs/settings.md and the table are one. */
class SettingsPageTest {
  @Test
  void pageHasTheTableAsItIs() throws IOException {
    String page = Files.readString(SettingsPage.FILE);
    assertEquals(
        SettingsPage.of(page),
        page,
        SettingsPage.FILE + " is stale: run scripts/docs, then commit");
  }

  @Test
  void pageWithoutItsCommentsIsNotOverwritten() {
    assertThrows(IllegalArgumentException.class, () -> SettingsPage.of("# Settings\n"));
  }
}
