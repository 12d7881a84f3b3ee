// Runs what one application gives to isthmus.submit, until the application ends.
package org.isthmus.engine.jython;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.naming.NamingException;
import org.isthmus.engine.JndiName;
import org.isthmus.engine.TaskOptions;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;
import org.python.core.Py;
import org.python.core.PyFloat;
import org.python.core.PyObject;
import org.python.core.PySystemState;
import org.python.core.PyType;
import org.python.core.Untraversable;

/**
 * {@code isthmus.tasks} has the queue; the threads are here: the web application's own, or those of
 * the container's executor. Each ends, or goes back, when no task is left.
 *
 * <p><b>Threading.</b> Any thread may call. The set of threads is guarded by itself.
 */
final class Tasks {
  private static final System.Logger LOG = System.getLogger("org.isthmus.app");

  private static final PyType START = PyType.fromClass(Start.class);

  /** How long threads have to end after they were interrupted. */
  private static final long SECONDS = 2;

  private final JythonInterpreter interpreter;
  private final String app;
  private final TaskOptions options;
  private final Executor executor;
  private final Set<Thread> threads = new HashSet<>();
  private volatile PyObject submit; // made when it is first asked for
  private boolean isEnding;

  /**
   * Creates what costs nothing until the application uses it.
   *
   * @param app the application's name
   * @param executor of the container; null for threads of the web application's own
   */
  Tasks(JythonInterpreter interpreter, String app, TaskOptions options, Executor executor) {
    this.interpreter = interpreter;
    this.app = app;
    this.options = options;
    this.executor = executor == null ? this::startThread : executor;
  }

  /**
   * Returns what the container has under a JNDI name; null without a name.
   *
   * @throws WsgiException if there is none, or it is something else
   */
  static Executor executor(String name) {
    if (name == null) {
      return null;
    }
    Object found;
    try {
      found = JndiName.found(name);
    } catch (NamingException e) {
      String whole = JndiName.whole(name);
      String why = JndiName.why(e).replaceFirst("[.]$", "");
      String absent = "there is no such resource (looked up as " + whole + "): " + why;
      throw new WsgiException(e, Rule.SUBMIT_EXECUTOR, name, absent);
    }
    if (found instanceof Executor) {
      return (Executor) found;
    }
    String type = found.getClass().getName();
    String why = "the resource is a " + type + ", not a java.util.concurrent.Executor";
    throw new WsgiException(Rule.SUBMIT_EXECUTOR, name, why);
  }

  /** Returns isthmus.submit. */
  PyObject submit() {
    PyObject made = submit;
    return made == null ? make() : made;
  }

  private PyObject make() {
    // Before the lock: an import waits for Jython's import lock, whose holder may wait for ours.
    PyObject type = JythonInterpreter.module("isthmus.tasks").__getattr__("Submit");
    synchronized (this) {
      if (submit == null) {
        PyObject threads = Py.newInteger(options.threads());
        submit = type.__call__(threads, Py.newInteger(options.maxQueue()), new Start());
        if (isEnding) {
          submit.invoke("refuse");
        }
      }
      return submit;
    }
  }

  /** Called with a task's name when it needs another thread. */
  @Untraversable
  private final class Start extends PyObject {
    Start() {
      super(START);
    }

    @Override
    public PyObject __call__(PyObject name) {
      try {
        executor.execute(Tasks.this::work);
        return Py.None;
      } catch (RejectedExecutionException e) {
        String why = "isthmus.submit.executor, " + options.executor() + ", has refused it";
        throw Py.RuntimeError(Rule.SUBMIT_FULL.message(PyValues.readable(name), why));
      }
    }
  }

  private void startThread(Runnable work) {
    Thread thread = new Thread(null, work, "isthmus-submit", 0, false);
    thread.setContextClassLoader(interpreter.loader());
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs tasks until there is none, as JythonApp runs a request; leaves the thread as it was. */
  private void work() {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    synchronized (threads) {
      threads.add(thread);
    }
    PySystemState before = Py.setSystemState(interpreter.system());
    thread.setContextClassLoader(interpreter.loader());
    try {
      PyObject task;
      while ((task = submit.invoke("take")) != Py.None) {
        run(task);
      }
    } finally {
      thread.setContextClassLoader(loader);
      Py.setSystemState(before);
      leave(thread);
    }
  }

  private void run(PyObject task) {
    attempt(task, task::__call__);
    attempt(task, interpreter::endRequest);
  }

  /** Nothing that a task does, or that its connections do at its end, ends the thread. */
  private void attempt(PyObject task, Runnable step) {
    try {
      step.run();
    } catch (Throwable failure) {
      String message = Rule.TASK_RAISED.message(task.__getattr__("name").toString());
      String traceback = SafeText.lines("\n" + Tracebacks.of(failure));
      LOG.log(System.Logger.Level.ERROR, message + " (" + app + ")" + traceback);
    }
  }

  private void leave(Thread thread) {
    synchronized (threads) {
      threads.remove(thread);
      Thread.interrupted(); // by end(), which has come too late
      threads.notifyAll();
    }
  }

  /** Takes no further tasks. */
  synchronized void refuse() {
    isEnding = true;
    if (submit != null) {
      submit.invoke("refuse");
    }
  }

  /** Returns how long they may take at the end; zero if there cannot be any. */
  Duration drain() {
    return submit == null ? Duration.ZERO : options.drain();
  }

  /**
   * Waits for all tasks; drops and interrupts, and logs, those that have not ended in time.
   *
   * @param waited how much of the time has passed, waiting for other applications
   */
  void end(Duration waited) {
    if (submit == null) {
      return;
    }
    String remaining =
        submit
            .invoke("end", new PyFloat(options.drain().minus(waited).toMillis() / 1e3))
            .toString();
    if (!remaining.isEmpty()) {
      String seconds = Seconds.text(options.drain());
      String message = Rule.TASKS_CUT.message(remaining, seconds);
      LOG.log(System.Logger.Level.WARNING, message + " (" + app + ")");
      synchronized (threads) {
        threads.forEach(Thread::interrupt);
      }
    }
    for (Thread thread : remaining()) {
      String stack = PythonThreads.stack(thread);
      LOG.log(System.Logger.Level.WARNING, Rule.THREAD_REMAINS.message(thread.getName(), stack));
    }
  }

  /** Returns the threads that remain after two seconds. */
  private List<Thread> remaining() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    boolean interrupted = false;
    synchronized (threads) {
      while (!threads.isEmpty() && System.nanoTime() - end < 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(threads, end - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return new ArrayList<>(threads);
    }
  }
}
