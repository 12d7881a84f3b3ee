// How a process has ended, in words.
package org.isthmus.engine.cpython;

import java.util.Map;

/** Java has 128 and the number of the signal for a process that one has ended. */
final class Ends {
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL, an instruction that this processor does not know",
          6, "SIGABRT, which C code or Isthmus has raised",
          7, "SIGBUS, a bad access to memory",
          8, "SIGFPE, an error of arithmetic",
          9, "SIGKILL, by an operator or because memory ran out",
          11, "SIGSEGV, a bad access to memory",
          15, "SIGTERM");

  private Ends() {}

  /** Returns an exit code as the name of a counter. */
  static String counted(int code) {
    return SIGNALS.containsKey(code - 128) ? "signal " + (code - 128) : "exit " + code;
  }

  /** Returns what an exit code means. */
  static String described(int code) {
    String signal = SIGNALS.get(code - 128);
    return signal == null ? "exit code " + code : "signal " + (code - 128) + " (" + signal + ")";
  }
}
