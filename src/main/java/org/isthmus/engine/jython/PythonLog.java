// Where isthmus.logs sends the records of Python's logging.
package org.isthmus.engine.jython;

import org.isthmus.exchange.Quoted;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.core.Untraversable;

/**
 * Called with logger name, Python level and text; a record of many lines stays one record.
 *
 * <p>The name is the Java logger's, for an operator to set levels by, and stands before the text:
 * the log files of Tomcat and Jetty show where in Java a record was made, which is always here.
 */
@Untraversable
final class PythonLog extends PyObject {
  private static final PyType TYPE = PyType.fromClass(PythonLog.class);

  PythonLog() {
    super(TYPE);
  }

  /** Returns what says whether the container takes records of a logger name and Python level. */
  PyObject wants() {
    return new Wants();
  }

  /** Called with logger name and Python level. */
  @Untraversable
  private static final class Wants extends PyObject {
    private static final PyType WANTS = PyType.fromClass(Wants.class);

    Wants() {
      super(WANTS);
    }

    @Override
    public PyObject __call__(PyObject[] arguments, String[] keywords) {
      System.Logger logger = logger(Native.readable(arguments[0]));
      boolean wanted = logger.isLoggable(level(arguments[1].asInt()));
      return Py.newBoolean(wanted);
    }
  }

  private static System.Logger logger(String name) {
    return System.getLogger("org.isthmus.python." + name);
  }

  @Override
  public PyObject __call__(PyObject[] arguments, String[] keywords) {
    String name = Native.readable(arguments[0]);
    log(name, arguments[1].asInt(), name + ": " + Native.readable(arguments[2]));
    return Py.None;
  }

  /** Logs a text as one record of a Python logger's, at a Python level. */
  static void log(String name, int level, String text) {
    logger(name).log(level(level), Quoted.lines(text));
  }

  private static System.Logger.Level level(int python) {
    if (python >= 40) {
      return System.Logger.Level.ERROR;
    }
    if (python >= 30) {
      return System.Logger.Level.WARNING;
    }
    if (python >= 20) {
      return System.Logger.Level.INFO;
    }
    return python >= 10 ? System.Logger.Level.DEBUG : System.Logger.Level.TRACE;
  }
}
