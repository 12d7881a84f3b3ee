package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.isthmus.WebApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which directories do for what an application keeps. */
class DataDirectoryTest {
  private static final String NAME = "isthmus.data_dir";

  private final ServletContext context = WebApp.empty().context();

  private Map<String, String> environ(String named) {
    Map<String, String> params = Map.of(NAME, named);
    return DataDirectory.environ(
        Settings.of(params, "servlet shop", context, name -> null, name -> null), context);
  }

  private void refused(Rule rule, String named, String text) {
    WsgiException refusal = assertThrows(WsgiException.class, () -> environ(named));
    assertEquals(rule, refusal.rule());
    assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
  }

  @Test
  void nothingIsAddedWithoutTheSetting() {
    Settings none = Settings.of(Map.of(), "servlet shop", context, name -> null, name -> null);
    assertEquals(Map.of(), DataDirectory.environ(none, context));
  }

  @Test
  void directoryIsMadeForItsOwnerAlone(@TempDir Path parent) throws IOException {
    Path named = parent.resolve("var é").resolve("shop");
    String path = named.toString();
    assertEquals(Map.of(NAME, path), environ(path));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(named)));
    // One that is there stays as it is.
    Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwxr-x---"));
    assertEquals(Map.of(NAME, path), environ(parent + "/x/../var é/shop"));
    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(named)));
  }

  @Test
  void relativeOneIsRefused() {
    refused(Rule.DATA_DIR_RELATIVE, "data/shop", "absolute");
  }

  @Test
  void oneWithinTheWebApplicationIsRefusedAndNotMade(@TempDir Path parent) throws IOException {
    refused(Rule.DATA_DIR_INSIDE, "/srv/web/WEB-INF/data", "/srv/web");
    assertFalse(Files.exists(Path.of("/srv/web")));
    Path link = Files.createSymbolicLink(parent.resolve("link"), Path.of("/srv"));
    refused(Rule.DATA_DIR_INSIDE, link + "/web/data", "/srv/web");
  }

  @Test
  void fileIsRefused(@TempDir Path parent) throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    refused(Rule.DATA_DIR_UNUSABLE, file.toString(), "");
    refused(Rule.DATA_DIR_UNUSABLE, file + "/below", "");
  }
}
