// The settings of CPython's workers alone.
package org.isthmus.settings;

import static org.isthmus.settings.Setting.Reach.DEPLOYMENT;

import java.time.Duration;
import java.util.Map;

/** Rows of the {@link SettingsTable} that no other engine reads. */
public final class CPythonSettings {
  private CPythonSettings() {}

  public static final Setting<String> EXECUTABLE =
      new Setting<>(
          "isthmus.python.executable",
          Forms.text("a path, or a name to look for on PATH"),
          null,
          DEPLOYMENT,
          "With `isthmus.engine=cpython`, the Python that workers run on: the path of an interpreter,"
              + " which may be that of a virtual environment, or a name such as `python3.13`. Without"
              + " it, the Python that the web application carries in `WEB-INF/cpython`, if any, else"
              + " the first `python3` on PATH that is 3.9 or later.");

  public static final Setting<Integer> WORKERS =
      new Setting<>(
          "isthmus.workers",
          Forms.count("processes"),
          null,
          DEPLOYMENT,
          "With `isthmus.engine=cpython`, how many worker processes each interpreter has. Without it,"
              + " as many as the JVM may use processors; fewer where memory, as the machine or its"
              + " container limits it, leaves less than 100 MB for each beside the Java heap.");

  public static final Setting<Integer> THREADS =
      new Setting<>(
          "isthmus.worker.threads",
          Forms.count("threads"),
          "4",
          DEPLOYMENT,
          "How many requests a worker serves at once. Threads start only where requests take longer"
              + " than a few milliseconds: short ones are served one after the other by a single"
              + " thread. With `isthmus.multithread=false` it is always 1.");

  public static final Setting<Integer> MAX_REQUESTS =
      new Setting<>(
          "isthmus.worker.max_requests",
          Forms.count("requests"),
          null,
          DEPLOYMENT,
          "After how many requests another worker takes the place of one: for libraries that leak. Each"
              + " worker serves up to a tenth more, so that not all are replaced at once. The new one"
              + " has imported the application before the old one stops.");

  public static final Setting<Long> MAX_MEMORY =
      new Setting<>(
          "isthmus.worker.max_memory",
          Forms.size(),
          null,
          DEPLOYMENT,
          "At how much resident memory another worker takes the place of one, after its request."
              + " Linux only.");

  public static final Setting<Duration> START_TIMEOUT =
      new Setting<>(
          "isthmus.worker.start_timeout",
          Forms.seconds(false),
          "60",
          DEPLOYMENT,
          "How long a worker may take to start and to import the application.");

  public static final Setting<Map<String, String>> ENV =
      new Setting<>(
          "isthmus.worker.env",
          Forms.pairs(),
          "",
          DEPLOYMENT,
          "Environment variables of workers, beside those of the container. Variables that lead Java,"
              + " its container or another Python are left out: `JAVA*`, `CATALINA_*`, `LD_*`,"
              + " `PYTHONPATH` and the like.");
}
