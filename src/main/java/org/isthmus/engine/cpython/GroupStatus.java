// The state of a group of workers, for operators: current workers, ends and replacements.
package org.isthmus.engine.cpython;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.engine.WorkerStatus;

/**
 * Counts the ends that a {@link Supervisor} reports.
 *
 * <p><b>Threading.</b> Any thread may call; guarded by {@link Members}.
 */
final class GroupStatus implements WorkerGroup {
  private final Members members;
  private final int size;
  private final BooleanSupplier isLoop;
  private final SortedMap<String, Long> exits = new TreeMap<>();
  private long replaced;

  /**
   * Begins to count.
   *
   * @param size the number of workers that should be running
   * @param isLoop returns true if they end as soon as they start
   */
  GroupStatus(Members members, int size, BooleanSupplier isLoop) {
    this.members = members;
    this.size = size;
    this.isLoop = isLoop;
  }

  /** Counts a worker that has ended: among those replaced, if it was ever ready. */
  void ended(Member member) {
    String how = member.worker.termination.counted(member.isAsked ? member.reason : null);
    synchronized (members) {
      // One that was never ready has served no request: its successor is a first try again.
      replaced += member.loaded.isEmpty() ? 0 : 1;
      exits.merge(how, 1L, Long::sum);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<WorkerStatus> workers() {
    List<WorkerStatus> statuses = new ArrayList<>();
    synchronized (members) {
      for (Member member : members.list()) {
        if (!member.ended) {
          statuses.add(member.status());
        }
      }
    }
    statuses.sort(Comparator.comparingInt(WorkerStatus::place));
    return statuses;
  }

  @Override
  public long restarts() {
    synchronized (members) {
      return replaced;
    }
  }

  @Override
  public SortedMap<String, Long> exits() {
    synchronized (members) {
      return new TreeMap<>(exits);
    }
  }

  @Override
  public boolean isServing() {
    return members.areServing();
  }

  @Override
  public boolean isFailing() {
    return isLoop.getAsBoolean();
  }
}
