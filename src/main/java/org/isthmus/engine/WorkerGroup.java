// The worker processes of an application, as operators see them.
package org.isthmus.engine;

import java.util.List;
import java.util.SortedMap;

/**
 * What an engine with worker processes reports to monitoring. Applications that share an
 * interpreter share its workers.
 *
 * <p><b>Threading.</b> Any thread may call, at any time.
 */
public interface WorkerGroup {
  /** Returns the number of workers that should be running. */
  int size();

  /** Returns the current workers, ordered by their places. */
  List<WorkerStatus> workers();

  /** Returns how many workers that had been ready were replaced since the group began. */
  long restarts();

  /**
   * Returns how often workers have ended since the group began, by reason: {@code max_requests},
   * {@code max_memory}, {@code timeout}, {@code import}, {@code start_timeout}, or how the process
   * itself ended, as in {@code exit 3} and {@code signal 11}.
   */
  SortedMap<String, Long> exits();

  /** Returns true if a worker has imported an application, and still gets requests. */
  boolean isServing();

  /** Returns true if workers end as soon as they start, so that the next ones are delayed. */
  boolean isFailing();
}
