// Tests that names which a container could not write are found.
package org.isthmus.webinf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostNamesTest {
  private static final String ASCII = "ANSI_X3.4-1968";

  @TempDir Path webInf;

  private void file(String name) throws IOException {
    Path file = webInf.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app/data/w?rter liste.json", "lib-python/x/???.txt"})
  void fileWithAQuestionMarkIsNamed(String name) throws IOException {
    file(name);
    for (String encoding : new String[] {ASCII, "ISO-8859-1"}) {
      String warning = LostNames.warning(webInf, encoding).orElse("");
      assertTrue(warning.startsWith("IS0071: "), warning);
      assertTrue(warning.contains("'" + name + "'") && warning.contains(encoding), warning);
      assertTrue(warning.contains("LC_ALL=C.UTF-8"), warning);
    }
  }

  @Test
  void anEncodingOfAllLettersLosesNone() throws IOException {
    file("app/what?.txt");
    assertEquals(Optional.empty(), LostNames.warning(webInf, "UTF-8"));
    assertEquals(Optional.empty(), LostNames.warning(webInf, null));
  }

  @Test
  void otherNamesAreNoFinding() throws IOException {
    assertEquals(Optional.empty(), LostNames.warning(webInf, ASCII));
    file("app/plain.txt");
    file("lib-python/w\u00f6rter.txt");
    file("jython/a?.jar");
    assertEquals(Optional.empty(), LostNames.warning(webInf, ASCII));
  }
}
