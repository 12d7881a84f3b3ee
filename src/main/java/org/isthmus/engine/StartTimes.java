// The durations of a start's phases, for one line of the log.
package org.isthmus.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sums times by phase, in the order in which the phases come.
 *
 * <p><b>Threading.</b> Guarded by itself: Python starts on its own threads.
 */
public final class StartTimes {
  /** The phase that imports the application. */
  public static final String IMPORT = "import";

  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private long mark = System.nanoTime();

  /** Creates times that start now. */
  public StartTimes() {}

  /** Restarts the clock. */
  public synchronized void begin() {
    nanos.clear();
    mark = System.nanoTime();
  }

  /** Attributes the time since the last call to this phase. */
  public synchronized void ended(String phase) {
    long now = System.nanoTime();
    nanos.merge(phase, now - mark, Long::sum);
    mark = now;
  }

  /** Returns how long a phase has taken since the start, in nanoseconds. */
  public synchronized long nanos(String phase) {
    return nanos.getOrDefault(phase, 0L);
  }

  /** Returns the total and its parts: "1.2 s (Jython 0.9, import 0.3)". */
  @Override
  public synchronized String toString() {
    List<String> parts = new ArrayList<>();
    long whole = 0;
    for (Map.Entry<String, Long> phase : nanos.entrySet()) {
      parts.add(phase.getKey() + " " + seconds(phase.getValue()));
      whole += phase.getValue();
    }
    return seconds(whole) + " s (" + String.join(", ", parts) + ")";
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
  }
}
