// What C code prints, in the log: line by line, and a long line in parts.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.isthmus.Logged;
import org.junit.jupiter.api.Test;

class WorkerLogTest {
  private static List<String> logged(byte[] octets, boolean endsAtNul) throws IOException {
    try (Logged logged = new Logged()) {
      new WorkerLog().lines(new ByteArrayInputStream(octets), "stderr", () -> endsAtNul);
      return logged.messages();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void longLineIsCutBetweenCharacters() throws IOException {
    // Of three octets each, of which 65,536 is no multiple.
    List<String> parts = logged(utf8("\u20ac".repeat(40_000) + "\n"), false);
    assertEquals("\u20ac".repeat(40_000), String.join("", parts));
    assertEquals(2, parts.size());
  }

  @Test
  void octetsThatAreNoTextAreCutToo() throws IOException {
    byte[] octets = new byte[200_000];
    Arrays.fill(octets, (byte) 0x80);
    assertEquals(4, logged(octets, false).size());
  }

  @Test
  void nothingIsLoggedOfWhatComesAfterTheEnd() throws IOException {
    byte[] octets = utf8("x".repeat(9000) + "\nlast\0of a child\n");
    assertEquals(List.of("x".repeat(9000), "last"), logged(octets, true));
  }
}
