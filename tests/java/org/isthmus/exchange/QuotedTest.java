package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Values in messages and log lines. */
class QuotedTest {
  @Test
  void controlCharactersCannotForgeALogLine() {
    assertEquals("a\\x0d\\x0aERROR b", Quoted.escaped("a\r\nERROR b"));
    assertEquals("\\x1b[31m", Quoted.escaped("\u001B[31m"));
    assertEquals("\\x85\\u2028\\u2029", Quoted.escaped("\u0085\u2028\u2029"));
  }

  @Test
  void changesOfDirectionAreEscaped() {
    assertEquals("\\u202e\\u2066", Quoted.escaped("\u202E\u2066"));
  }

  @Test
  void laterLinesOfARecordAreIndented() {
    assertEquals("a\n  b\\x1b\n  \n  c", Quoted.lines("a\nb\u001B\n\nc"));
    assertEquals("one\\x0d", Quoted.lines("one\r"));
  }

  @Test
  void readableTextStays() {
    assertEquals("caf\u00E9\t\u65E5", Quoted.escaped("caf\u00E9\t\u65E5"));
  }

  @Test
  void pathHasNoSession() {
    assertEquals("/a;jsessionid=…/b", Quoted.path("/a;jsessionid=F00.node1/b"));
    assertEquals("/a;v=1;SessID=…;w=2", Quoted.path("/a;v=1;SessID=F00;w=2"));
    assertEquals("/a;v=1/session=2", Quoted.path("/a;v=1/session=2"));
  }

  @Test
  void longValueIsCut() {
    String shown = Quoted.of("x".repeat(100_000));
    assertTrue(shown.length() < 300, shown);
    assertTrue(shown.endsWith("…'"), shown);
    assertFalse(Quoted.of("x".repeat(200)).contains("…"));
  }
}
