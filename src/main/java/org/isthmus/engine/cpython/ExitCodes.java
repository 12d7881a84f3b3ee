// Describes how a process ended, by its exit code.
package org.isthmus.engine.cpython;

import java.util.Map;

/** For a process that a signal ended, Java reports 128 plus the signal's number. */
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

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL, an illegal instruction",
          6, "SIGABRT, raised by C code or by Isthmus",
          7, "SIGBUS, an invalid memory access",
          8, "SIGFPE, an arithmetic error",
          9, "SIGKILL, sent by an operator or because memory ran out",
          11, "SIGSEGV, an invalid memory access",
          15, "SIGTERM");

  private ExitCodes() {}

  /** Returns the name of the counter for an exit code. */
  static String counted(int code) {
    return SIGNALS.containsKey(code - 128) ? "signal " + (code - 128) : "exit " + code;
  }

  /** Returns the meaning of an exit code, for messages. */
  static String described(int code) {
    String signal = SIGNALS.get(code - 128);
    if (signal != null) {
      return "signal " + (code - 128) + " (" + signal + ")";
    }
    return "exit code " + code + (CODES.containsKey(code) ? " (" + CODES.get(code) + ")" : "");
  }
}
