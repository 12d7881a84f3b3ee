// An exception that an application raised in a worker: its traceback.
package org.isthmus.engine.cpython;

import java.io.IOException;

/** Carries a Python traceback through Java, without a Java stack trace. */
final class Raised extends RuntimeException {
  Raised(String traceback) {
    this(traceback, null);
  }

  /**
   * Carries a traceback.
   *
   * @param lost the exception for the client, or null; the cause, if the traceback ends with it
   */
  Raised(String traceback, IOException lost) {
    super(traceback, isOf(lost, traceback) ? lost : null, false, false);
  }

  private static boolean isOf(IOException lost, String traceback) {
    return lost != null && traceback.stripTrailing().endsWith(String.valueOf(lost.getMessage()));
  }

  /** Returns the text of a failure for the log. */
  static String text(Throwable failure) {
    if (failure instanceof Raised) {
      return failure.getMessage().stripTrailing();
    }
    java.io.StringWriter text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString().stripTrailing();
  }
}
