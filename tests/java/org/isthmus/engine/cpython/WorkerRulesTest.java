package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.isthmus.errors.Rule;
import org.junit.jupiter.api.Test;

/** The messages that Java sends to workers are ones that Python's % operator can fill in. */
class WorkerRulesTest {
  @Test
  void patternHasAPlaceForEachValue() {
    String filled = Rule.CALLABLE_ABSENT.pattern().replaceFirst("%s", "app").replace("%s", "x");
    assertEquals(Rule.CALLABLE_ABSENT.message("app", "x", "x", "x", "x"), filled);
  }

  @Test
  void noPatternHasAConversionThatPythonLacks() {
    List<String> others =
        CPythonInterpreter.rules().stream()
            .map(Rule::pattern)
            .filter(pattern -> pattern.replaceAll("%[s%]", "").contains("%"))
            .collect(Collectors.toList());
    assertTrue(others.isEmpty(), others::toString);
  }
}
