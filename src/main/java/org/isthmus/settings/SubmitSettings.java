// The settings of isthmus.submit.
package org.isthmus.settings;

import static org.isthmus.settings.Setting.Reach.COMPONENT;

/** Rows of the {@link SettingsTable} about what an application runs after its responses. */
public final class SubmitSettings {
  private SubmitSettings() {}

  public static final Setting<Integer> THREADS =
      new Setting<>(
          "isthmus.submit.threads",
          Forms.count("threads"),
          "4",
          COMPONENT,
          "The max number of tasks of `isthmus.submit` that run at once, for each application; with a"
              + " pool, in each interpreter, and on CPython, in each worker process. The default is"
              + " low so that tasks leave the CPU to requests, but above one, because most tasks"
              + " wait for another machine. See"
              + " [Work after the response](tasks.md).");

  public static final Setting<Integer> MAX_QUEUE =
      new Setting<>(
          "isthmus.submit.max_queue",
          Forms.count("tasks"),
          "100",
          COMPONENT,
          "The max number of tasks of `isthmus.submit` that wait for a thread, for each application;"
              + " with a pool, in each interpreter, and on CPython, in each worker process. Another"
              + " task raises RuntimeError ([IS0545](errors.md#is0545)).");

  public static final Setting<String> EXECUTOR =
      new Setting<>(
          "isthmus.submit.executor",
          Forms.text("the JNDI name of an Executor"),
          null,
          COMPONENT,
          "With `isthmus.engine=jython`: the JNDI name of a `java.util.concurrent.Executor` of the"
              + " container, such as a ManagedExecutorService, whose threads run the tasks of"
              + " `isthmus.submit`; below `java:comp/env/` unless it begins with `java:`. By"
              + " default, they get threads of the web application's own.");
}
