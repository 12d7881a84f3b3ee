// Tracebacks as text: Python's own, with the Java cause below.
package org.isthmus.engine.jython;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.python.core.PyException;

/** Renders failures for the log. */
final class Tracebacks {
  private Tracebacks() {}

  /** Returns the traceback as Python prints it, then the Java exceptions that led to it. */
  static String of(PyException failure) {
    String python;
    try {
      failure.normalize(); // as a traceback of CPython: "KeyError: 'name'", not "KeyError: name"
      python = failure.toString();
    } catch (RuntimeException e) {
      // str() of the exception failed, which is a failure of the application too.
      python = "(the exception's text could not be had: " + e.getClass().getName() + ")";
    }
    StringBuilder text = new StringBuilder(python.stripTrailing());
    Throwable java = javaCause(failure);
    if (java != null) {
      text.append("\nCaused by: ").append(ofJava(java));
    }
    return text.toString();
  }

  /** Returns a Java stack trace. */
  static String ofJava(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().stripTrailing();
  }

  /** A Java exception that Python code let through is the value of the Python one. */
  private static Throwable javaCause(PyException failure) {
    boolean isJava = failure.value != null && Native.java(failure.value, Throwable.class) != null;
    return isJava ? null : failure.getCause(); // Jython prints the stack trace of the former
  }
}
