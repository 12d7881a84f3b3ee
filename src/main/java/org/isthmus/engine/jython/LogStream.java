// A Python output stream whose lines go to the container's log.
package org.isthmus.engine.jython;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.exchange.SafeText;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyType;
import org.python.core.Untraversable;

/**
 * {@code wsgi.errors}, {@code sys.stdout} or {@code sys.stderr}: one log record per line.
 *
 * <p>A line is buffered until it ends, its thread's request ends, or flush() is called. If the
 * thread has died, the line is logged when any thread next starts a line, or a request ends. Octets
 * are decoded as UTF-8, else as latin-1. Control characters are escaped, since they may have come
 * from a request.
 *
 * <p><b>Threading.</b> Each thread has its own line, so lines of two requests do not mix.
 */
@Untraversable
final class LogStream extends PyObject {
  private static final PyType TYPE = PyType.fromClass(LogStream.class);

  private final System.Logger log;
  private volatile System.Logger.Level level;
  private final Map<Thread, Line> lines = new ConcurrentHashMap<>();

  private static final class Line {
    final StringBuilder text = new StringBuilder();
    PyObject softspace = Py.Zero;
  }

  LogStream(System.Logger log, System.Logger.Level level) {
    super(TYPE);
    this.log = log;
    this.level = level;
  }

  /** Logs the unfinished line of this thread, and those of dead threads. */
  void end() {
    if (!lines.isEmpty()) {
      end(Thread.currentThread());
      endDead();
    }
  }

  /** Logs the unfinished lines of all threads. */
  void endAll() {
    lines.keySet().forEach(this::end);
  }

  /** Returns how many threads have an unfinished line. */
  int unfinished() {
    return lines.size();
  }

  private void end(Thread thread) {
    Line line = lines.remove(thread);
    if (line != null) {
      logLine(line.text.toString());
    }
  }

  /** Nothing else would end their lines: an application's own threads have no request. */
  private void endDead() {
    for (Thread thread : lines.keySet()) {
      if (!thread.isAlive()) {
        end(thread);
      }
    }
  }

  /** Sets the level of all later lines. */
  void setLevel(System.Logger.Level level) {
    this.level = level;
  }

  private void write(PyObject data) {
    if (!(data instanceof PyString)) {
      throw Py.TypeError("write() takes a string, not " + data.getType().fastGetName());
    }
    String text = PyValues.readable((PyString) data);
    Line line = line();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      logLine(line.text.append(text, from, end).toString());
      line.text.setLength(0);
      from = end + 1;
    }
    line.text.append(text, from, text.length());
    if (line.text.length() == 0 && line.softspace == Py.Zero) {
      lines.remove(Thread.currentThread());
    }
  }

  private Line line() {
    Line line = lines.get(Thread.currentThread());
    if (line == null) {
      endDead();
      line = new Line();
      lines.put(Thread.currentThread(), line);
    }
    return line;
  }

  private void logLine(String text) {
    String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    if (!line.isEmpty()) {
      log.log(level, SafeText.escaped(line));
    }
  }

  @Override
  public PyObject __findattr_ex__(String name) {
    switch (name) {
      case "write":
        return new Method(data -> write(data[0]));
      case "writelines":
        return new Method(
            lines -> {
              for (PyObject line : lines[0].asIterable()) {
                write(line);
              }
            });
      case "write_record": // called by isthmus.logs
        return new Method(
            record ->
                PythonLog.log(
                    PyValues.readable(record[0]), record[1].asInt(), PyValues.readable(record[2])));
      case "flush":
        return new Method(none -> end());
      case "isatty":
        return new Answer(Py.False);
      case "encoding":
        return PyValues.str("UTF-8");
      case "errors":
        return PyValues.str("backslashreplace");
      case "closed":
        return Py.False;
      case "mode":
        return PyValues.str("w");
      case "softspace":
        Line line = lines.get(Thread.currentThread());
        return line == null ? Py.Zero : line.softspace;
      default:
        return super.__findattr_ex__(name);
    }
  }

  /** The print statement keeps a flag on its stream. */
  @Override
  public void __setattr__(String name, PyObject value) {
    if (!name.equals("softspace")) {
      super.__setattr__(name, value);
    } else if (value.__nonzero__()) {
      line().softspace = value;
    } else {
      Line line = lines.get(Thread.currentThread());
      if (line != null) {
        line.softspace = Py.Zero;
      }
    }
  }

  private interface Body {
    void call(PyObject[] arguments);
  }

  @Untraversable
  private static final class Method extends PyObject {
    private static final PyType METHOD = PyType.fromClass(Method.class);
    private final Body body;

    Method(Body body) {
      super(METHOD);
      this.body = body;
    }

    @Override
    public boolean isCallable() {
      return true;
    }

    @Override
    public PyObject __call__(PyObject[] arguments, String[] keywords) {
      body.call(arguments.length == 0 ? new PyObject[] {Py.None} : arguments);
      return Py.None;
    }
  }

  @Untraversable
  private static final class Answer extends PyObject {
    private static final PyType ANSWER = PyType.fromClass(Answer.class);
    private final PyObject answer;

    Answer(PyObject answer) {
      super(ANSWER);
      this.answer = answer;
    }

    @Override
    public boolean isCallable() {
      return true;
    }

    @Override
    public PyObject __call__(PyObject[] arguments, String[] keywords) {
      return answer;
    }
  }
}
