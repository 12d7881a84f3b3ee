// How the process of a worker ends: by itself, or because Isthmus kills it.
package org.isthmus.engine.cpython;

import java.io.IOException;

/**
 * Kills a process, and says afterwards why it has ended.
 *
 * <p><b>Threading.</b> Any thread may call; none of the methods waits.
 */
final class Termination {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  /** How long the process may take to log its stacks and end. */
  private static final long ABORT_MS = 2_000;

  private final Process process;
  private volatile String reason; // why Isthmus has killed it, as the counter of exits has it
  private volatile String why; // the same, for messages

  Termination(Process process) {
    this.process = process;
  }

  /** Kills it, and the processes that it has started. */
  void kill() {
    if (!process.isAlive()) {
      return; // another process may have its id by now, and descendants
    }
    try {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    } finally {
      // Not by the Process, which would also close what is still read.
      process.toHandle().destroyForcibly();
    }
  }

  /**
   * Kills it.
   *
   * @param newReason for the counter of exits
   * @param newWhy for messages
   */
  void kill(String newReason, String newWhy) {
    record(newReason, newWhy);
    kill();
  }

  /** The first reason counts. */
  private synchronized void record(String newReason, String newWhy) {
    if (why == null) {
      reason = newReason;
      why = newWhy;
    }
  }

  /**
   * Makes it log the stack of each thread, even if Python is stuck, and then end.
   *
   * @param scheduler kills it if it does not
   * @param newReason for the counter of exits
   * @param newWhy for messages
   */
  void abort(WorkerScheduler scheduler, String newReason, String newWhy) {
    if (!process.isAlive()) {
      return; // as in kill()
    }
    record(newReason, newWhy);
    try {
      // The signal for faulthandler, which Java's Process cannot send.
      new ProcessBuilder("kill", "-ABRT", Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "There is no kill.", e);
      kill();
    } finally {
      scheduler.run(this::kill, ABORT_MS);
    }
  }

  /** Returns how it ended: its exit code, or 128 plus the number of a signal. */
  int exitCode() {
    return process.exitValue();
  }

  /** Returns why it ended, for messages. */
  String description() {
    return wasKilled() ? "Isthmus killed it, because " + why : ExitCodes.described(exitCode());
  }

  /**
   * Returns why it ended, for the counter of exits.
   *
   * @param asked why it was asked to, or null if it was not
   */
  String counted(String asked) {
    if (wasKilled()) {
      return reason;
    }
    return asked == null ? ExitCodes.counted(exitCode()) : asked;
  }

  /** Returns true if Isthmus had to kill it, and it had not ended by itself. */
  private boolean wasKilled() {
    return why != null && (exitCode() == ExitCodes.KILLED || exitCode() == ExitCodes.ABORTED);
  }
}
