// A group of one worker, a script that has loaded an application and ignores its slots.
package org.isthmus.engine.cpython;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What tests of requests begin with. */
final class ServingGroup implements AutoCloseable {
  final Members members = new Members();
  final Supervisor supervisor;
  final SlotPool pool;
  final Member member;
  private final WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader());

  /**
   * Starts the worker.
   *
   * @param directory for its pipes
   * @param slots how many it opens
   * @param threads how many requests it serves at once
   * @param maxRequests after how many it is replaced; null for never
   */
  ServingGroup(Path directory, int slots, int threads, Integer maxRequests) {
    String script = ScriptedWorkers.HELLO + ScriptedWorkers.LOADED + ScriptedWorkers.STAY;
    ScriptedWorkers workers = new ScriptedWorkers(directory, script, slots);
    Recycling recycling = new Recycling(maxRequests, null);
    supervisor = new Supervisor(members, workers, 1, recycling, 60_000, scheduler);
    supervisor.load(Map.of());
    pool = new SlotPool(members, supervisor, threads);
    member = members.list().get(0);
  }

  /** What a test passes for a failure that comes when its request is over. */
  static void ignore(List<?> failure) {}

  /** Kills the worker, which does not follow commands. */
  @Override
  public void close() {
    members.close();
    members.list().forEach(each -> each.worker.termination.kill());
    supervisor.close();
    scheduler.close();
  }
}
