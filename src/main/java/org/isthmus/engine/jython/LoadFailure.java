// The reason why an application could not be loaded, from the exception of isthmus.importing.
package org.isthmus.engine.jython;

import java.util.ArrayList;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;

/** Carries a Python traceback through Java as the message of an exception without a stack trace. */
final class LoadFailure extends RuntimeException {
  private LoadFailure(String traceback, Throwable cause) {
    super("\n" + traceback, cause, false, false);
  }

  /** Returns the broken rule that a {@code LoadError} names, or a generic one. */
  static WsgiException of(PyException failure) {
    failure.normalize();
    PyObject rule = failure.value.__findattr__("rule");
    if (rule == null) {
      return new WsgiException(
          new LoadFailure(Tracebacks.of(failure), failure.getCause()),
          Rule.ENGINE_FAILED,
          Py.formatException(failure.type, failure.value));
    }
    List<Object> values = new ArrayList<>();
    for (PyObject value : failure.value.__getattr__("values").asIterable()) {
      values.add(text(value));
    }
    PyObject traceback = failure.value.__getattr__("traceback");
    Throwable cause =
        traceback == Py.None ? null : new LoadFailure(text(traceback), javaCause(failure));
    return new WsgiException(cause, Rule.valueOf(rule.toString()), values.toArray());
  }

  private static String text(PyObject value) {
    return value instanceof PyString ? PyValues.readable(value) : value.toString();
  }

  private static Throwable javaCause(PyException failure) {
    return PyValues.java(failure.value.__getattr__("cause"), Throwable.class);
  }
}
