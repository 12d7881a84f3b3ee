// The three Python output streams of one interpreter, all of which write to the container's log.
package org.isthmus.engine.jython;

import org.python.core.PyObject;
import org.python.core.PySystemState;

/** {@code sys.stdout} at INFO, {@code sys.stderr} at WARNING, {@code wsgi.errors} at ERROR. */
final class Streams {
  private final LogStream out = stream("stdout", System.Logger.Level.INFO);
  private final LogStream err = stream("stderr", System.Logger.Level.WARNING);
  private final LogStream errors = stream("errors", System.Logger.Level.ERROR);

  private static LogStream stream(String name, System.Logger.Level level) {
    return new LogStream(System.getLogger("org.isthmus.python." + name), level);
  }

  void install(PySystemState system) {
    system.stdout = out;
    system.stderr = err;
    system.__stdout__ = out;
    system.__stderr__ = err;
  }

  PyObject errors() {
    return errors;
  }

  /** Logs this thread's unfinished lines. */
  void end() {
    out.end();
    err.end();
    errors.end();
  }

  /**
   * Logs every thread's unfinished lines. Later output on {@code sys.stderr} is logged at DEBUG:
   * threads that are interrupted at the end print a traceback.
   */
  void close() {
    out.endAll();
    errors.endAll();
    err.endAll();
    err.setLevel(System.Logger.Level.DEBUG);
  }
}
