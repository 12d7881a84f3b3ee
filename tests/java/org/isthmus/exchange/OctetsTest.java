package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Text to octets. */
class OctetsTest {
  @Test
  void everyOctetSurvivesPercentEncoding() {
    for (int octet = 0; octet < 256; octet++) {
      String expected = String.valueOf((char) octet);
      assertEquals(expected, Octets.percentDecoded(String.format(Locale.ROOT, "%%%02x", octet)));
      assertEquals(expected, Octets.percentDecoded(String.format(Locale.ROOT, "%%%02X", octet)));
    }
  }

  @Test
  void latin1IsTakenAsOctets() {
    String text = "caf\u00E9 \u00FF";
    assertSame(text, Octets.of(text));
  }

  @Test
  void decodedTextBecomesUtf8Again() {
    assertEquals("\u00E6\u0097\u00A5", Octets.of("\u65E5"));
    assertEquals("\u00F0\u009F\u0098\u0080", Octets.of("\uD83D\uDE00"));
    assertEquals("\u00C3\u00A9", Octets.utf8("\u00E9"));
  }

  @Test
  void octetsAreReadAsUtf8IfTheyAre() {
    assertEquals("caf\u00E9 \u65E5", Octets.readable(Octets.utf8("caf\u00E9 \u65E5")));
    for (String text : new String[] {"", "ascii", "caf\u00E9", "\u00C3", "\u65E5 \u00C3\u00A9"}) {
      assertSame(text, Octets.readable(text));
    }
  }

  @Test
  void malformedEscapesStay() {
    for (String text : new String[] {"%", "a%", "%4", "%g0", "%0g", "%%41x", "%u0041"}) {
      String expected = text.equals("%%41x") ? "%Ax" : text;
      assertEquals(expected, Octets.percentDecoded(text));
    }
  }
}
