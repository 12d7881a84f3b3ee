// Describes how a process ended, by its exit code.
package org.isthmus.engine.cpython;

import java.util.Map;

/**
 * For a process that a signal ended, Java reports 128 plus the signal's number. An exit code of
 * that value looks the same: Process has nothing else, and no other process may wait for the JVM's.
 */
final class ExitCodes {
  /** By SIGKILL. */
  static final int KILLED = 128 + 9;

  static final int ABORTED = 128 + 6;

  /** What closes the pipes of a worker. */
  static final String CLOSING =
      "os.closerange or os.exec* in the application closes what it has not opened";

  private static final String OR_OWN = ", or the application's own exit code";

  // As in isthmus_worker/surroundings.py, after sysexits.h.
  private static final Map<Integer, String> CODES =
      Map.of(
          70,
          "an error outside of the application's code, whose stack is in the log" + OR_OWN,
          71,
          "its pipes were closed: " + CLOSING + OR_OWN);

  /** The largest number of a signal (Linux, signal(7)). */
  private static final int LAST_SIGNAL = 64;

  /** Those that end a process as a rule, with the numbers of Linux. */
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(4, "SIGILL, an illegal instruction"),
          Map.entry(6, "SIGABRT, raised by C code or by Isthmus"),
          Map.entry(7, "SIGBUS, an invalid memory access"),
          Map.entry(8, "SIGFPE, an arithmetic error"),
          Map.entry(9, "SIGKILL, sent by an operator or because memory ran out"),
          Map.entry(10, "SIGUSR1"),
          Map.entry(11, "SIGSEGV, an invalid memory access"),
          Map.entry(12, "SIGUSR2"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU, a limit of CPU time"),
          Map.entry(31, "SIGSYS, a system call that is forbidden"));

  private ExitCodes() {}

  /** Returns the name of the counter for an exit code. */
  static String counted(int code) {
    return isSignal(code) ? "signal " + (code - 128) : "exit " + code;
  }

  private static boolean isSignal(int code) {
    return code > 128 && code <= 128 + LAST_SIGNAL;
  }

  /** Returns the meaning of an exit code, for messages. */
  static String described(int code) {
    if (isSignal(code)) {
      String name = SIGNALS.get(code - 128);
      return "signal " + (code - 128) + (name == null ? "" : " (" + name + ")");
    }
    return "exit code " + code + (CODES.containsKey(code) ? " (" + CODES.get(code) + ")" : "");
  }
}
