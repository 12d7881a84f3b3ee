// Detects that files have changed and are no longer being written.
package org.isthmus.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Checks files repeatedly: a change counts once two consecutive checks agree, so a save that an
 * editor makes in several steps is one change.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Changes {
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * The longest delay: files that keep changing, such as a log, must not postpone a reload forever.
   */
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(3);

  /** Checks take at most a twentieth of the time, however many files there are. */
  private static final int SHARE = 20;

  /** A check that other programs have slowed down must not put off the next one by minutes. */
  private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(10);

  private final FileWatch watch;
  private final Supplier<Set<Path>> imported;
  private final Supplier<Set<Path>> listed;
  private final BooleanSupplier counts;
  private long step = STEP;
  private Long unrestSince;

  /**
   * Creates a detector that has not checked yet.
   *
   * @param watch remembers files
   * @param imported the files of {@link FileWatch#look}
   * @param listed the files that patterns match
   */
  public Changes(FileWatch watch, Supplier<Set<Path>> imported, Supplier<Set<Path>> listed) {
    this(watch, imported, listed, () -> true);
  }

  private Changes(
      FileWatch watch,
      Supplier<Set<Path>> imported,
      Supplier<Set<Path>> listed,
      BooleanSupplier counts) {
    this.watch = watch;
    this.imported = imported;
    this.listed = listed;
    this.counts = counts;
  }

  /**
   * Creates a detector of touches: a file that is written or created is touched, one that is
   * deleted is not.
   *
   * @param watch remembers the file
   * @param file the file, which need not exist
   */
  public static Changes touches(FileWatch watch, Supplier<Path> file) {
    Supplier<Set<Path>> listed = () -> Set.of(file.get());
    return new Changes(watch, Set::of, listed, () -> Files.exists(file.get()));
  }

  /** Returns how long to wait before the next check, in milliseconds. */
  public long pause() {
    return TimeUnit.NANOSECONDS.toMillis(step);
  }

  /** Checks; returns true if it is time to reload. */
  public boolean isDue() {
    long begun = System.nanoTime();
    boolean changed = watch.look(imported, listed);
    step = Math.min(Math.max(STEP, SHARE * (System.nanoTime() - begun)), LONGEST_STEP);
    if (changed && unrestSince == null) {
      unrestSince = begun;
    }
    boolean due = unrestSince != null && (!changed || begun - unrestSince > LONGEST);
    if (due) {
      unrestSince = null;
    }
    return due && counts.getAsBoolean();
  }
}
