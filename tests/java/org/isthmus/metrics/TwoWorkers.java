package org.isthmus.metrics;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.engine.WorkerStatus;

/** A group of three, one of which has ended; the places of the others are 0 and 2. */
public final class TwoWorkers implements WorkerGroup {
  /** An application of theirs. */
  public static final class Shop {
    public String name() {
      return "shop:application";
    }

    public WorkerGroup workers() {
      return new TwoWorkers();
    }
  }

  @Override
  public int size() {
    return 3;
  }

  @Override
  public List<WorkerStatus> workers() {
    return List.of(
        new WorkerStatus(0, 4711, WorkerStatus.State.IDLE, 12, () -> 30_000_000, 60.5, List.of()),
        new WorkerStatus(2, 4713, WorkerStatus.State.STARTING, 0, () -> -1, 0.5, List.of()));
  }

  @Override
  public long restarts() {
    return 7;
  }

  @Override
  public SortedMap<String, Long> exits() {
    return new TreeMap<>(java.util.Map.of("max_requests", 6L, "signal 11", 1L));
  }

  @Override
  public boolean isServing() {
    return true;
  }

  @Override
  public boolean isFailing() {
    return true;
  }
}
