// When files have changed, and are no longer being written.
package org.isthmus.files;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at files time and again: what has changed is reloaded once a look finds it as the last one
 * did. A save that an editor makes in several steps is one change.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Changes {
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(250);

  /** Files that never rest, such as a log in a watched directory, do not put a reload off. */
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(3);

  /** A look takes a twentieth of the time at most, however many files there are. */
  private static final int SHARE = 20;

  private final FileWatch watch;
  private final Supplier<Set<Path>> imported;
  private final Supplier<Set<Path>> listed;
  private long step = STEP;
  private Long unrestSince;

  /**
   * Has not looked yet.
   *
   * @param watch remembers files
   * @param imported the files of {@link FileWatch#look}
   * @param listed those that patterns find
   */
  public Changes(FileWatch watch, Supplier<Set<Path>> imported, Supplier<Set<Path>> listed) {
    this.watch = watch;
    this.imported = imported;
    this.listed = listed;
  }

  /** Returns for how long to wait before the next look, in milliseconds. */
  public long pause() {
    return TimeUnit.NANOSECONDS.toMillis(step);
  }

  /** Looks; returns true if it is time to reload. */
  public boolean isDue() {
    long begun = System.nanoTime();
    boolean changed = watch.look(imported.get(), listed.get());
    step = Math.max(STEP, SHARE * (System.nanoTime() - begun));
    if (changed && unrestSince == null) {
      unrestSince = begun;
    }
    boolean due = unrestSince != null && (!changed || begun - unrestSince > LONGEST);
    if (due) {
      unrestSince = null;
    }
    return due;
  }
}
