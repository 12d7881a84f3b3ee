package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultWorkersTest {
  @ParameterizedTest
  @CsvSource({
    // processors, MB of memory, MB of heap, workers
    "2, 16384, 4096, 2",
    "64, 65536, 16384, 64",
    "8, 512, 128, 2",
    "8, 1024, 256, 6",
    "4, 256, 128, 1",
    "4, 128, 512, 1",
    "1, 16384, 4096, 1"
  })
  void processorsAndMemoryLimit(int processors, long memory, long heap, int workers) {
    assertEquals(workers, DefaultWorkers.count(processors, memory << 20, heap << 20));
  }

  @Test
  void hereItIsWithinTheProcessors() {
    int count = DefaultWorkers.count();
    assertTrue(count >= 1 && count <= Runtime.getRuntime().availableProcessors(), "" + count);
  }

  /** In thousandths of the memory, by which the kernel compares processes. */
  @ParameterizedTest
  @CsvSource({"8192, 2048, 263", "1000, 700, 801", "512, 512, 1000", "65536, 100, 4"})
  void workerHasScoreAboveLargestJvm(long memory, long heap, int expected) {
    assertEquals(expected, DefaultWorkers.oomScore(memory << 20, heap << 20));
  }
}
