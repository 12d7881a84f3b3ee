// How an application runs what it gives to isthmus.submit.
package org.isthmus.engine;

import java.time.Duration;
import java.util.Objects;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;
import org.isthmus.settings.SubmitSettings;

/** Immutable; applications with equal options may be shared. */
public final class TaskOptions {
  private final int threads;
  private final int maxQueue;
  private final String executor;

  /** Not part of equality: servlets that differ only in it may share an application. */
  private final Duration drain;

  /**
   * Creates options.
   *
   * @param threads how many tasks run at once
   * @param maxQueue how many more may wait
   * @param executor the JNDI name of the executor whose threads run them; null for none
   * @param drain how long they may take when the application ends
   */
  public TaskOptions(int threads, int maxQueue, String executor, Duration drain) {
    this.threads = threads;
    this.maxQueue = maxQueue;
    this.executor = executor;
    this.drain = drain;
  }

  /** Returns what the settings of a servlet or filter say. */
  public static TaskOptions of(Settings settings) {
    return new TaskOptions(
        settings.get(SubmitSettings.THREADS),
        settings.get(SubmitSettings.MAX_QUEUE),
        settings.get(SubmitSettings.EXECUTOR),
        settings.get(SettingsTable.DRAIN));
  }

  /** Returns how many tasks run at once. */
  public int threads() {
    return threads;
  }

  /** Returns how many more may wait. */
  public int maxQueue() {
    return maxQueue;
  }

  /** Returns the JNDI name of the executor whose threads run them; null for none. */
  public String executor() {
    return executor;
  }

  /** Returns how long they may take when the application ends. */
  public Duration drain() {
    return drain;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaskOptions
        && threads == ((TaskOptions) other).threads
        && maxQueue == ((TaskOptions) other).maxQueue
        && Objects.equals(executor, ((TaskOptions) other).executor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(threads, maxQueue, executor);
  }
}
