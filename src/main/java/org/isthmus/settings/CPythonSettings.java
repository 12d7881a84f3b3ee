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
              + " for example of a virtual environment, or a name such as `python3.13`. By default,"
              + " the Python in `WEB-INF/cpython` if there is one, or else the first `python3` on"
              + " PATH that is 3.9 or later.");

  public static final Setting<Integer> WORKERS =
      new Setting<>(
          "isthmus.workers",
          Forms.count("processes"),
          null,
          DEPLOYMENT,
          "With `isthmus.engine=cpython`, the number of worker processes of each interpreter. By"
              + " default, the number of processors that the JVM may use; fewer if memory, as the"
              + " machine or its container limits it, leaves less than 100 MB for each besides the"
              + " Java heap.");

  public static final Setting<Integer> THREADS =
      new Setting<>(
          "isthmus.worker.threads",
          Forms.count("threads"),
          "4",
          DEPLOYMENT,
          "The max number of requests that a worker serves at once. A single thread serves short"
              + " requests one after the other; further threads start only if requests take longer"
              + " than a few milliseconds. If the servlet or filter that starts first has"
              + " `isthmus.multithread=false`, the max is 1.");

  public static final Setting<Integer> MAX_REQUESTS =
      new Setting<>(
          "isthmus.worker.max_requests",
          Forms.count("requests"),
          null,
          DEPLOYMENT,
          "The number of requests after which Isthmus replaces a worker, for libraries that leak"
              + " memory. Each worker has a limit of its own, up to a tenth higher, so that they"
              + " do not all end at once. The old worker goes on to serve until the new one has"
              + " imported the application, which under load may be many times the limit.");

  public static final Setting<Long> MAX_MEMORY =
      new Setting<>(
          "isthmus.worker.max_memory",
          Forms.size(),
          null,
          DEPLOYMENT,
          "The resident memory at which Isthmus replaces a worker, after its request. Linux only.");

  public static final Setting<Duration> START_TIMEOUT =
      new Setting<>(
          "isthmus.worker.start_timeout",
          Forms.seconds(false),
          "60",
          DEPLOYMENT,
          "How long a worker may take to start and to import the application.");

  public static final Setting<String> TERMINAL =
      new Setting<>(
          "isthmus.worker.terminal",
          Forms.text("the path of a terminal, as `tty` prints it"),
          null,
          DEPLOYMENT,
          "A terminal that becomes the standard input and output of workers, so that `breakpoint()`"
              + " and `pdb.set_trace()` work there. `isthmus serve --debug` sets it, with one worker,"
              + " one thread and no time limit: a debugger and its request may take hours. Never set"
              + " it on a server.");

  public static final Setting<Map<String, String>> ENV =
      new Setting<>(
          "isthmus.worker.env",
          Forms.pairs(),
          "",
          DEPLOYMENT,
          "Environment variables for workers, in addition to the container's. Workers do not inherit"
              + " variables that configure Java, the container or another Python: `JAVA*`,"
              + " `CATALINA_*`, `LD_*`, `PYTHONPATH` and the like.");
}
