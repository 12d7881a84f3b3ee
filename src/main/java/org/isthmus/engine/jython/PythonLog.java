// Receives the records of Python's logging from isthmus.logs.
package org.isthmus.engine.jython;

import org.isthmus.engine.PythonLevel;
import org.isthmus.exchange.SafeText;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.core.Untraversable;

/**
 * Called with logger name, Python level and text; a multi-line record stays one record.
 *
 * <p>The Java logger has the same name, so that operators can set levels by it, and the text is
 * prefixed with it: the log files of Tomcat and Jetty show the Java code that logged a record,
 * which is always this class.
 */
@Untraversable
final class PythonLog extends PyObject {
  private static final PyType TYPE = PyType.fromClass(PythonLog.class);

  PythonLog() {
    super(TYPE);
  }

  /**
   * Returns the callable that says whether the container accepts a logger name and Python level.
   */
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
      System.Logger logger = logger(PyValues.readable(arguments[0]));
      boolean wanted = logger.isLoggable(PythonLevel.of(arguments[1].asInt()));
      return Py.newBoolean(wanted);
    }
  }

  private static System.Logger logger(String name) {
    return System.getLogger("org.isthmus.python." + name);
  }

  @Override
  public PyObject __call__(PyObject[] arguments, String[] keywords) {
    String name = PyValues.readable(arguments[0]);
    log(name, arguments[1].asInt(), name + ": " + PyValues.readable(arguments[2]));
    return Py.None;
  }

  /** Logs a text as one record of a Python logger, at a Python level. */
  static void log(String name, int level, String text) {
    logger(name).log(PythonLevel.of(level), SafeText.lines(text));
  }
}
