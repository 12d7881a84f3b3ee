package org.isthmus.engine.jython.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.isthmus.Fake;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where Jython is not found. */
class JythonLocationsTest {
  private static final ClassLoader NOTHING = new ClassLoader(null) {};

  private final ServletContext context = Fake.of(ServletContext.class, new Shop());

  /** What the test lets a ServletContext answer. */
  public static final class Shop {
    public String getContextPath() {
      return "/shop";
    }

    public Object getAttribute(String name) {
      return null;
    }
  }

  private JythonSpec spec(ClassLoader loader) {
    return JythonSpecs.of(context, loader, null);
  }

  private String refused(List<Path> jars) {
    WsgiException refusal =
        assertThrows(
            WsgiException.class, () -> LoadedEngine.start(NOTHING, jars, null, this::spec));
    assertEquals(Rule.JYTHON_ABSENT, refusal.rule());
    return refusal.getMessage();
  }

  @Test
  void jarsThatCannotBeOpenedAreNamed(@TempDir Path directory) throws IOException {
    Path broken = Files.writeString(directory.resolve("jython broken.jar"), "half a jar");
    Path gone = directory.resolve("gone.jar");
    String message = refused(List.of(gone, broken));
    assertTrue(message.contains("; not readable: jython broken.jar (java.util.zip."), message);
    assertTrue(message.contains(", gone.jar (java.nio.file.NoSuchFileException: "), message);
  }

  @Test
  void whereNoneIsThereNoneIsNamed() {
    assertFalse(refused(List.of()).contains("not readable"));
  }
}
