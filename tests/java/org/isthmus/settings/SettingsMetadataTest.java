package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SettingsMetadataTest {
  private static final String TEXT = SettingsMetadata.text();

  @Test
  void namesAreInKebabCase() {
    assertTrue(TEXT.contains("{\"name\": \"isthmus.max-concurrent\""));
    assertFalse(TEXT.contains("\"isthmus.max_concurrent\""));
  }

  @Test
  void choicesHaveTheirValues() {
    assertTrue(
        TEXT.contains("{\"name\": \"isthmus.reload.mode\", \"values\": [{\"value\": \"off\"}"),
        TEXT);
  }

  @Test
  void descriptionsHaveNoLinks() {
    assertFalse(TEXT.contains("]("), TEXT);
  }

  @Test
  void typesAreThoseThatSpringBinds() {
    assertTrue(
        TEXT.contains("\"isthmus.environ.add\", \"type\": \"java.util.Map<java.lang.String,"));
    assertTrue(TEXT.contains("\"isthmus.multithread\", \"type\": \"java.lang.Boolean\""));
  }
}
