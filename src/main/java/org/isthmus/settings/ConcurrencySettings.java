// The settings of how many requests an application gets at once, and in which interpreters.
package org.isthmus.settings;

import static org.isthmus.settings.Setting.Reach.COMPONENT;

import java.time.Duration;
import java.util.List;

/** Rows of the {@link SettingsTable} about threads, interpreters, their pool, and the queue. */
public final class ConcurrencySettings {
  private ConcurrencySettings() {}

  public static final Setting<Boolean> MULTITHREAD =
      new Setting<>(
          "isthmus.multithread",
          Forms.flag(),
          "true",
          COMPONENT,
          "Set to `false` for an application that is not thread-safe: Isthmus then calls it from"
              + " one thread at a time, from the call until `close()` of its iterable. With"
              + " `isthmus.engine=cpython`, each worker process has one request at a time.");

  public static final Setting<Boolean> OWN_INTERPRETER =
      new Setting<>(
          "isthmus.interpreter",
          Forms.choice(List.of("shared", "own"), "own"::equals),
          "shared",
          COMPONENT,
          "`own` gives this servlet or filter an interpreter of its own, with its own modules,"
              + " `sys.path`, `os.environ`, `logging` and built-ins. On Jython, it costs about 0.1 to"
              + " 0.4 seconds and several megabytes. With `isthmus.engine=cpython`, it is another"
              + " group of worker processes: `isthmus.workers` is the size of each group. See [Concurrency](concurrency.md#interpreters).");

  public static final Setting<Integer> POOL_MAX =
      new Setting<>(
          "isthmus.pool.max",
          Forms.count("interpreters"),
          null,
          COMPONENT,
          "The max number of interpreters for an application that is not thread-safe. Each has"
              + " its own copy of the application and handles one request at a time. Unset,"
              + " there is no pool. With `isthmus.engine=cpython`, set `isthmus.workers` and"
              + " `isthmus.multithread=false` instead. See [Concurrency](concurrency.md#a-pool).");

  public static final Setting<Integer> POOL_MIN =
      new Setting<>(
          "isthmus.pool.min",
          Forms.count("interpreters"),
          "1",
          COMPONENT,
          "How many interpreters of the pool to start at startup. More are started when a"
              + " request finds none idle, and are kept.");

  public static final Setting<Duration> POOL_ACQUIRE_TIMEOUT =
      new Setting<>(
          "isthmus.pool.acquire_timeout",
          Forms.seconds(true),
          "5",
          COMPONENT,
          "How long a request waits for an interpreter of the pool. A request that waits longer"
              + " gets 503 and Retry-After; with `0`, it gets them at once.");

  public static final Setting<Integer> MAX_CONCURRENT =
      new Setting<>(
          "isthmus.max_concurrent",
          Forms.count("requests"),
          null,
          COMPONENT,
          "How many requests this servlet or filter answers at once. Further requests queue for"
              + " `isthmus.queue_timeout`, then get 503 and Retry-After. A request that another"
              + " request includes or forwards to counts as part of that request.");

  public static final Setting<Duration> QUEUE_TIMEOUT =
      new Setting<>(
          "isthmus.queue_timeout",
          Forms.seconds(true),
          "5",
          COMPONENT,
          "How long a request waits for its turn if `isthmus.max_concurrent` is set; `0` refuses"
              + " it at once.");
}
