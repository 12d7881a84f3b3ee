// What an application in a worker has raised, as its traceback.
package org.isthmus.engine.cpython;

/** Carries a Python traceback through Java; it has no stack of its own. */
final class Raised extends RuntimeException {
  Raised(String traceback) {
    super(traceback, null, false, false);
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
