package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What is logged of system properties. */
class UnknownPropertiesTest {
  private static List<String> warned(String... names) {
    List<String> messages = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            messages.add(logged.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("org.isthmus");
    logger.addHandler(handler);
    try {
      UnknownProperties.warn(List.of(names));
    } finally {
      logger.removeHandler(handler);
    }
    return messages;
  }

  @Test
  void unknownOneIsNamedWithTheNearestSetting() {
    List<String> messages = warned("isthmus.slwo", "java.home");
    assertEquals(1, messages.size());
    assertTrue(messages.get(0).startsWith("IS0540: "), messages.get(0));
    assertTrue(messages.get(0).contains("'isthmus.slow'"), messages.get(0));
  }

  @Test
  void settingsAndWhatTheStarterReadsAreKnown() {
    assertEquals(List.of(), warned("isthmus.slow", "isthmus.spring.path", "org.isthmus.x"));
  }
}
