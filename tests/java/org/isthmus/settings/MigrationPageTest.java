package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/migrating-from-modjy.md has every parameter in its table of old and new. */
class MigrationPageTest {
  @ParameterizedTest
  @EnumSource(ModjyParameter.class)
  void pageHasTheParameterAndItsSetting(ModjyParameter parameter) throws IOException {
    String row =
        Files.readString(Path.of("docs", "migrating-from-modjy.md"))
            .lines()
            .filter(line -> line.startsWith("| `") && line.contains("`" + parameter.text + "`"))
            .findFirst()
            .orElse("");
    assertTrue(!row.isEmpty(), parameter.text + " has no row");
    boolean named = parameter.setting == null || row.contains("`" + parameter.setting.name + "`");
    assertTrue(named, row);
  }
}
