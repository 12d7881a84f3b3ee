// The Python side of a Java stack trace: compiled code knows its sources.
package org.isthmus.engine.jython;

/** What an operator reads to find where a thread is. */
final class PythonStack {
  private PythonStack() {}

  /** Returns the Python frames, the innermost first, in the form of Python's tracebacks. */
  static String of(StackTraceElement[] stack) {
    StringBuilder lines = new StringBuilder();
    for (StackTraceElement frame : stack) {
      String file = frame.getFileName();
      // Each call has a second frame, of the method that dispatches to the function's.
      if (file != null && file.endsWith(".py") && !frame.getMethodName().equals("call_function")) {
        String function = frame.getMethodName().replaceFirst("\\$\\d+$", "");
        lines.append("\n  File \"").append(file).append("\", line ").append(frame.getLineNumber());
        lines.append(", in ").append(function);
      }
    }
    return lines.length() == 0 ? " (no Python code)" : lines.toString();
  }
}
