// What an application in a worker has raised, as its traceback.
package org.isthmus.engine.cpython;

import java.io.IOException;

/** Carries a Python traceback through Java; it has no stack of its own. */
final class Raised extends RuntimeException {
  Raised(String traceback) {
    this(traceback, null);
  }

  /**
   * Carries a traceback.
   *
   * @param lost what the client has done, if anything; the cause if the traceback ends with it
   */
  Raised(String traceback, IOException lost) {
    super(traceback, isOf(lost, traceback) ? lost : null, false, false);
  }

  private static boolean isOf(IOException lost, String traceback) {
    return lost != null && traceback.stripTrailing().endsWith(String.valueOf(lost.getMessage()));
  }

  /** Returns what the log is to have of a failure. */
  static String text(Throwable failure) {
    if (failure instanceof Raised) {
      return failure.getMessage().stripTrailing();
    }
    java.io.StringWriter text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString().stripTrailing();
  }
}
