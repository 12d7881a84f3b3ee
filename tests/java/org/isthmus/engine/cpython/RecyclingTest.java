package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecyclingTest {
  @Test
  void workersThatStartTogetherDoNotEndTogether() {
    Recycling recycling = new Recycling(100, null);
    LongSummaryStatistics limits =
        LongStream.generate(recycling::requests).limit(1000).summaryStatistics();
    assertTrue(limits.getMin() >= 100 && limits.getMax() <= 110, limits.toString());
    assertTrue(limits.getMax() - limits.getMin() >= 5, limits.toString());
  }

  @Test
  void smallLimitIsKeptToTheRequest() {
    assertEquals(9, new Recycling(9, null).requests());
  }

  @Test
  void thereIsNoLimitUnlessOneIsSet() {
    assertEquals(Long.MAX_VALUE, new Recycling(null, null).requests());
  }
}
