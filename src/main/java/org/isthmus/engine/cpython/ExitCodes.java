// How a process ended, in words.
package org.isthmus.engine.cpython;

import java.util.Map;

/** For a process that a signal ended, Java reports 128 plus the signal's number. */
final class ExitCodes {
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL, an instruction that this processor does not know",
          6, "SIGABRT, which C code or Isthmus has raised",
          7, "SIGBUS, a bad access to memory",
          8, "SIGFPE, an error of arithmetic",
          9, "SIGKILL, by an operator or because memory ran out",
          11, "SIGSEGV, a bad access to memory",
          15, "SIGTERM");

  private ExitCodes() {}

  /** Returns the name of the counter for an exit code. */
  static String counted(int code) {
    return SIGNALS.containsKey(code - 128) ? "signal " + (code - 128) : "exit " + code;
  }

  /** Returns the meaning of an exit code, for messages. */
  static String described(int code) {
    String signal = SIGNALS.get(code - 128);
    return signal == null ? "exit code " + code : "signal " + (code - 128) + " (" + signal + ")";
  }
}
