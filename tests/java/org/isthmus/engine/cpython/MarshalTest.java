package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarshalTest {
  private static byte[] octets(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String written(Object value) {
    Marshal marshal = new Marshal(1);
    marshal.value(value);
    return new String(marshal.array(), 0, marshal.size(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void writesWhatPythonReads() {
    // As marshal.dumps(value, 4) has it, without references.
    assertEquals("z\3abc", written("abc"));
    assertEquals("u\2\0\0\0\u00c3\u00a9", written("\u00e9"));
    assertEquals("a\54\1\0\0" + "x".repeat(300), written("x".repeat(300)));
    assertEquals("[\2\0\0\0i\1\2\0\0N", written(Arrays.asList(513, null)));
    assertEquals(
        "{z\1aTz\1bF0", written(new java.util.TreeMap<>(java.util.Map.of("a", true, "b", false))));
  }

  @Test
  void readsWhatPythonWrites() {
    assertEquals("\u00e9", Unmarshal.of(octets("u\2\0\0\0\u00c3\u00a9")));
    assertEquals(
        List.of(-2L, true, List.of()),
        Unmarshal.of(octets("(\3\0\0\0i\u00fe\u00ff\u00ff\u00ffT[\0\0\0\0")));
    assertNull(Unmarshal.of(octets("N")));
    assertArrayEquals(octets("ab"), (byte[]) Unmarshal.of(octets("s\2\0\0\0ab")));
    // marshal.dumps(2 ** 40, 2)
    assertEquals(1L << 40, Unmarshal.of(octets("l\3\0\0\0\0\0\0\0\0\4")));
  }
}
