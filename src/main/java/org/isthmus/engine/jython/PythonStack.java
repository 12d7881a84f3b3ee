// The Python stack of a thread, as far as its Java stack shows it.
package org.isthmus.engine.jython;

import java.util.ArrayList;
import java.util.List;

/** The frames of a Java stack that come from Python sources, formatted like Python's tracebacks. */
final class PythonStack {
  private PythonStack() {}

  /**
   * Returns a line per Python frame, innermost first.
   *
   * <p>Code compiled from Python carries its file and line, as Java's does. Jython's function names
   * end in a number, {@code view$12}, and each module has a method that only dispatches among them.
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
