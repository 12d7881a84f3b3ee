// Where in Python a thread is, as far as its Java stack knows.
package org.isthmus.engine.jython;

import java.util.ArrayList;
import java.util.List;

/** The frames of a Java stack that come from Python sources, as Python's tracebacks write them. */
final class PythonStack {
  private PythonStack() {}

  /**
   * Returns a line for each Python frame, the innermost first.
   *
   * <p>Code that was compiled from Python carries its file and line as Java's does. Jython's names
   * of functions end in a number, {@code view$12}, and each module has a method that only chooses
   * among them.
   */
  static List<String> lines(StackTraceElement[] frames) {
    List<String> lines = new ArrayList<>();
    for (StackTraceElement frame : frames) {
      String file = frame.getFileName();
      if (file != null && file.endsWith(".py") && !frame.getMethodName().equals("call_function")) {
        String function = frame.getMethodName().replaceFirst("\\$\\d+$", "");
        lines.add("File \"" + file + "\", line " + frame.getLineNumber() + ", in " + function);
      }
    }
    return lines;
  }
}
