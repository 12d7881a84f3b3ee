// What a message must say, whatever its sentence.
package org.isthmus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/** Asserts the code, the values and the key words of a message, and nothing of its English. */
public final class Messages {
  private Messages() {}

  /** Asserts that each of these parts stands somewhere in a message. */
  public static void assertSays(String message, String... parts) {
    List<String> missing = new ArrayList<>(List.of(parts));
    missing.removeIf(message::contains);
    assertEquals(List.of(), missing, message);
  }
}
