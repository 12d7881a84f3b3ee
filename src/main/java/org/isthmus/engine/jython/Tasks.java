// Runs what one application gives to isthmus.submit, until the application ends.
package org.isthmus.engine.jython;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.isthmus.engine.TaskOptions;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
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
 * <p><b>Threading.</b> Any thread may call. The set of threads is guarded by itself; none enters it
 * when the end is over.
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

  /**
   * Tasks handed to the executor that it may not have run. It may outlive the application, but does
   * not keep it in memory: FutureTask is a class of the JDK's, and drops its content when
   * cancelled.
   */
  private final Set<FutureTask<?>> turns = ConcurrentHashMap.newKeySet();

  private volatile PyObject submit; // made when it is first asked for
  private boolean isEnding;
  private volatile boolean isOver;

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
        PyObject made = type.__call__(threads, Py.newInteger(options.maxQueue()), new Start());
        if (isEnding) {
          made.invoke("refuse");
        }
        submit = made;
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
      if (!isGiven(new Turn())) {
        String why = "isthmus.submit.executor, " + options.executor() + ", has refused it";
        throw Py.RuntimeError(Rule.SUBMIT_FULL.message(PyValues.readable(name), why));
      }
      return Py.None;
    }
  }

  /** Returns false if the executor has no thread for it. */
  private boolean isGiven(Turn turn) {
    FutureTask<?> handle = new FutureTask<>(turn, null);
    turns.removeIf(Future::isDone);
    turns.add(handle);
    boolean given = false;
    try {
      executor.execute(handle);
      given = !turn.isRefused;
    } catch (RejectedExecutionException e) {
      // It has no room, or is being shut down.
    } finally {
      turn.asking = null;
      if (!given || isOver) {
        handle.cancel(false);
      }
    }
    return given;
  }

  /**
   * The work of one thread, never of the thread that asks for it, as with CallerRunsPolicy: that is
   * a request's, whose response would wait for all tasks.
   */
  private final class Turn implements Runnable {
    private volatile Thread asking = Thread.currentThread();
    private boolean isRefused; // written and read by the thread that asks

    @Override
    public void run() {
      if (asking == Thread.currentThread()) {
        isRefused = true;
      } else {
        work();
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
      if (isOver) {
        return;
      }
      threads.add(thread);
    }
    PySystemState before = Py.setSystemState(interpreter.system());
    thread.setContextClassLoader(interpreter.loader());
    try {
      takeAll();
    } finally {
      thread.setContextClassLoader(loader);
      Py.setSystemState(before);
      leave(thread);
    }
  }

  private void takeAll() {
    PyObject task = submit; // not None until this thread has to end
    try {
      while ((task = submit.invoke("take")) != Py.None) {
        run(task);
      }
    } finally {
      if (task != Py.None) {
        submit.invoke("leave");
      }
    }
  }

  private void run(PyObject task) {
    attempt(task, task::__call__);
    attempt(task, interpreter::endRequest);
  }

  /** Runs one step of a task, and logs its failure, which must not end the thread. */
  private void attempt(PyObject task, Runnable step) {
    try {
      step.run();
    } catch (Throwable failure) {
      try {
        String message = Rule.TASK_RAISED.message(task.__getattr__("name").toString());
        String traceback = SafeText.lines("\n" + Tracebacks.of(failure));
        LOG.log(System.Logger.Level.ERROR, message + " (" + app + ")" + traceback);
      } catch (Throwable ofLog) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, ofLog);
      }
    }
  }

  private void leave(Thread thread) {
    synchronized (threads) {
      threads.remove(thread);
      Thread.interrupted(); // by end(), which has come too late
      threads.notifyAll();
    }
  }

  /** Begins the shutdown, without Python; returns false if there cannot be any task. */
  synchronized boolean beginEnd() {
    isEnding = true;
    return submit != null;
  }

  /** Takes no further tasks. */
  void refuse() {
    submit.invoke("refuse");
  }

  /** Returns how long they may take at the end. */
  Duration drain() {
    return options.drain();
  }

  /**
   * Waits for all tasks; drops and interrupts, and logs, those that have not ended in time. Only
   * where {@link #beginEnd} was true.
   *
   * @param waited how much of the time was spent waiting for other applications
   */
  void end(Duration waited) {
    PyFloat left = new PyFloat(options.drain().minus(waited).toMillis() / 1e3);
    String remaining = submit.invoke("end", left).toString();
    synchronized (threads) {
      isOver = true;
      if (!remaining.isEmpty()) {
        threads.forEach(Thread::interrupt);
      }
    }
    turns.forEach(turn -> turn.cancel(false));
    if (!remaining.isEmpty()) {
      String message = Rule.TASKS_CUT.message(remaining, Seconds.text(options.drain()));
      LOG.log(System.Logger.Level.WARNING, message + " (" + app + ")");
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
