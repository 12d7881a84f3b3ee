// Tracebacks as text: Python's own, followed by the Java cause.
package org.isthmus.engine.jython;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.isthmus.exchange.Octets;
import org.python.core.PyException;

/** Formats failures for the log. */
final class Tracebacks {
  private Tracebacks() {}

  /** Returns all details of a failure: Python's traceback, or Java's stack trace. */
  static String of(Throwable failure) {
    return failure instanceof PyException ? of((PyException) failure) : ofJava(failure);
  }

  /** Returns the traceback as Python prints it, then the Java exceptions that led to it. */
  private static String of(PyException failure) {
    StringBuilder text = new StringBuilder();
    for (String line : python(failure).split("(?<=\n)", -1)) {
      text.append(Octets.readable(line));
    }
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

  private static String python(PyException failure) {
    try {
      failure.normalize(); // as a traceback of CPython: "KeyError: 'name'", not "KeyError: name"
      return failure.toString().stripTrailing();
    } catch (RuntimeException | StackOverflowError e) {
      // str() of the exception failed, which is also a failure of the application.
      String stack = failure.traceback == null ? "" : failure.traceback.dumpStack();
      return stack + PyException.exceptionClassName(failure.type) + ": <its str() failed>";
    }
  }

  /** A Java exception that passed through Python code is the value of the Python one. */
  private static Throwable javaCause(PyException failure) {
    boolean isJava = failure.value != null && PyValues.java(failure.value, Throwable.class) != null;
    return isJava ? null : failure.getCause(); // Jython prints the former's stack trace
  }
}
