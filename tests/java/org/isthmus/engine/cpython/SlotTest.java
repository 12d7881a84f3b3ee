// How a slot reads the lengths of frames.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A length has four octets without a sign; docs/worker-protocol.md has the max. */
class SlotTest {
  @TempDir Path directory;
  private Slot slot;

  @BeforeEach
  void open() throws Exception {
    String[] pipes = {directory.resolve("p0").toString(), directory.resolve("d0").toString()};
    assertEquals(0, new ProcessBuilder("mkfifo", pipes[0], pipes[1]).start().waitFor());
    slot = new Slot(null, 0, directory);
  }

  @AfterEach
  void close() {
    slot.close();
  }

  private void arrives(long length) throws IOException {
    byte[] header = new byte[Frames.HEADER];
    Frames.header(header, (int) length, 0, Frames.BODY, 0);
    Files.write(directory.resolve("p0"), header, StandardOpenOption.WRITE);
  }

  @Test
  void largestFrameIsRead() throws IOException {
    arrives(Integer.MAX_VALUE);
    slot.next();
    assertEquals(Integer.MAX_VALUE - Frames.HEADER, slot.left());
  }

  @Test
  void frameThatWouldFillMemoryIsNotReadWhole() throws IOException {
    arrives(Frames.LARGEST_WHOLE + Frames.HEADER + 1);
    slot.next();
    assertThrows(IOException.class, slot::takeRest);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 11})
  void partIsNoLargerThanItsFrame(int count) throws IOException {
    arrives(Frames.HEADER + 10);
    slot.next();
    assertThrows(IOException.class, () -> slot.take(count));
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 31, (1L << 31) + 8, (1L << 32) - 1, 0, 7})
  void impossibleLengthIsRefused(long length) throws IOException {
    arrives(length);
    assertThrows(IOException.class, slot::next);
  }
}
