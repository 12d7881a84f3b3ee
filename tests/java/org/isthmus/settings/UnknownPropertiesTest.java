package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.isthmus.Logged;
import org.junit.jupiter.api.Test;

/** What is logged of system properties and environment variables. */
class UnknownPropertiesTest {
  private static List<String> warned(List<String> properties, List<String> variables) {
    try (Logged logged = new Logged()) {
      UnknownProperties.warn(properties, variables);
      return logged.messages();
    }
  }

  @Test
  void unknownOneIsNamedWithTheNearestSetting() {
    List<String> messages = warned(List.of("isthmus.slwo", "java.home"), List.of());
    assertEquals(1, messages.size());
    assertTrue(messages.get(0).startsWith("IS0540: "), messages.get(0));
    assertTrue(messages.get(0).contains("'isthmus.slow'"), messages.get(0));
  }

  @Test
  void settingsAndWhatTheStarterReadsAreKnown() {
    List<String> known = List.of("isthmus.slow", "isthmus.spring.path", "org.isthmus.x");
    assertEquals(List.of(), warned(known, List.of()));
  }

  @Test
  void unknownVariableIsNamedWithTheNearestOfTheVariables() {
    List<String> messages = warned(List.of(), List.of("ISTHMUS_WORKER", "PATH"));
    assertEquals(1, messages.size());
    assertTrue(messages.get(0).startsWith("IS0540: "), messages.get(0));
    assertTrue(messages.get(0).contains("'ISTHMUS_WORKERS'"), messages.get(0));
  }

  @Test
  void variablesOfSettingsOfTheToolOfSpringAndOfKubernetesAreKnown() {
    List<String> variables =
        List.of(
            "ISTHMUS_HEALTH_ACCESS",
            "ISTHMUS_CACHE",
            "ISTHMUS_SPRING_PATH",
            "ISTHMUS_DATADIR",
            "ISTHMUS_SERVICE_HOST",
            "ISTHMUS_SERVICE_PORT_HTTP",
            "ISTHMUS_PORT",
            "ISTHMUS_PORT_8080_TCP_ADDR");
    assertEquals(List.of(), warned(List.of(), variables));
  }
}
