package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Values in messages and log lines. */
class SafeTextTest {
  @Test
  void controlCharactersCannotForgeALogLine() {
    assertEquals("a\\x0d\\x0aERROR b", SafeText.escaped("a\r\nERROR b"));
    assertEquals("\\x1b[31m", SafeText.escaped("\u001B[31m"));
    assertEquals("\\x85\\u2028\\u2029", SafeText.escaped("\u0085\u2028\u2029"));
  }

  @Test
  void changesOfDirectionAreEscaped() {
    assertEquals("\\u202e\\u2066", SafeText.escaped("\u202E\u2066"));
  }

  @Test
  void laterLinesOfARecordAreIndented() {
    assertEquals("a\n  b\\x1b\n  \n  c", SafeText.lines("a\nb\u001B\n\nc"));
    assertEquals("one\\x0d", SafeText.lines("one\r"));
  }

  @Test
  void readableTextStays() {
    assertEquals("caf\u00E9\t\u65E5", SafeText.escaped("caf\u00E9\t\u65E5"));
  }

  @Test
  void pathHasNoSession() {
    assertEquals("/a;jsessionid=…/b", SafeText.path("/a;jsessionid=F00.node1/b"));
    assertEquals("/a;v=1;SessID=…;w=2", SafeText.path("/a;v=1;SessID=F00;w=2"));
    assertEquals("/a;v=1/session=2", SafeText.path("/a;v=1/session=2"));
  }

  @Test
  void longValueIsCut() {
    String shown = SafeText.quoted("x".repeat(100_000));
    assertTrue(shown.length() < 300, shown);
    assertTrue(shown.endsWith("…'"), shown);
    assertFalse(SafeText.quoted("x".repeat(200)).contains("…"));
  }
}
