package org.isthmus.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Slices that hold what came in their time. */
class HistoryTest {
  private static final long SLICE = History.SECONDS * 1_000_000_000;

  private final Histogram histogram = new Histogram();
  private final long epoch = Long.MAX_VALUE - 3 * SLICE; // the clock may run over
  private final History history = new History(() -> new History.Mark(histogram.counts(), 0), epoch);

  private void requestIn(int slice) {
    history.turn(epoch + slice * SLICE + 1);
    histogram.record(5_000);
  }

  private List<Long> slicesIn(int slice) {
    return history.slices(epoch + slice * SLICE + 2).stream()
        .map(mark -> mark.total.count())
        .collect(Collectors.toList());
  }

  @Test
  void eachSliceHasItsRequests() {
    requestIn(0);
    requestIn(0);
    requestIn(1);
    requestIn(4);
    assertEquals(List.of(2L, 1L, 0L, 0L, 1L, 0L), slicesIn(5));
  }

  @Test
  void sliceThatIsNotOverHasWhatCameSoFar() {
    requestIn(0);
    assertEquals(List.of(1L), slicesIn(0));
  }

  @Test
  void onlyTheLastSlicesAreKept() {
    for (int slice = 0; slice < History.SLICES + 10; slice++) {
      requestIn(slice);
    }
    List<Long> slices = slicesIn(History.SLICES + 9);
    assertEquals(History.SLICES, slices.size());
    assertEquals(History.SLICES, slices.stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void longSilenceLeavesNothingButSilence() {
    requestIn(0);
    List<Long> slices = slicesIn(5 * History.SLICES);
    assertEquals(0, slices.stream().mapToLong(Long::longValue).sum());
  }
}
