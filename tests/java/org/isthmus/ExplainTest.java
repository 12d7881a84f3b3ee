package org.isthmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.errors.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
  @ParameterizedTest
  @EnumSource(Rule.class)
  void eachCodeHasItsOwnEntryAndNoOther(Rule rule) {
    String entry = Explain.entry(rule.code());
    assertTrue(entry.startsWith("## " + rule.code() + "\n"), entry);
    assertTrue(entry.contains("*Remedy:*"), entry);
    assertEquals(1, entry.split("(?m)^## ", -1).length - 1, entry);
  }

  @Test
  void smallLettersWillDo() {
    assertEquals(Explain.entry("IS0012"), Explain.entry("is0012"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"IS0000", "IS001", "", "Errors"})
  void whatIsNoCodeHasNone(String argument) {
    assertNull(Explain.entry(argument));
  }
}
