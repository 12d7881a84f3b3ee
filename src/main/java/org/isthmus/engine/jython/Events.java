// Notifies an application's own functions of events: isthmus.events.
package org.isthmus.engine.jython;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.ResponseAborted;
import org.isthmus.exchange.SafeText;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyException;
import org.python.core.PyFloat;
import org.python.core.PyObject;
import org.python.core.PyTuple;

/**
 * Calls each function with one dict. Exceptions that a function raises do not affect the request
 * and are logged only once, because they would recur with each request.
 *
 * <p><b>Threading.</b> Immutable; called by the threads of requests.
 */
final class Events {
  private static final System.Logger LOG = System.getLogger("org.isthmus.app");

  private final String app;
  private final Listener[] started;
  private final Listener[] finished;
  private final Listener[] raised;
  private final Listener[] stopping;

  /** One listener function. */
  private static final class Listener {
    final String name;
    final PyObject function;
    final AtomicBoolean hasFailed = new AtomicBoolean();

    Listener(String name, PyObject function) {
      this.name = name;
      this.function = function;
    }
  }

  /**
   * Finds the functions.
   *
   * @param app the application's name
   * @param names of functions by event
   * @param finder isthmus.events
   */
  Events(String app, Map<String, List<String>> names, PyObject finder) {
    this.app = app;
    this.started = listeners("request_started", names, finder);
    this.finished = listeners("request_finished", names, finder);
    this.raised = listeners("exception", names, finder);
    this.stopping = listeners("stopping", names, finder);
  }

  private static Listener[] listeners(
      String event, Map<String, List<String>> names, PyObject finder) {
    return names.getOrDefault(event, List.of()).stream()
        .map(
            name ->
                new Listener(
                    name, finder.invoke("find", Py.newString(event), Py.fileSystemEncode(name))))
        .toArray(Listener[]::new);
  }

  /** Returns the JVM's nano time if a listener needs it. */
  long tick() {
    return finished.length == 0 ? 0 : System.nanoTime();
  }

  /** The application is about to be called. */
  void started(PyObject environ) {
    if (started.length > 0) {
      tell(started, details("request_started", environ));
    }
  }

  /** The application, or close() of its result, has raised an exception. */
  void raised(PyObject environ, Exchange exchange, Throwable failure) {
    boolean own = !(failure instanceof ResponseAborted) && !exchange.isOfClient(failure);
    if (raised.length > 0 && own) {
      PyDictionary details = details("exception", environ);
      put(details, "exc_info", info(failure));
      put(details, "code", PyValues.strOf(rule(failure).code()));
      tell(raised, details);
    }
  }

  /** The response is complete, or failed. */
  void finished(PyObject environ, Exchange exchange, long began) {
    if (finished.length > 0) {
      PyDictionary details = details("request_finished", environ);
      put(details, "status", Py.newInteger(exchange.response().getStatus()));
      put(details, "octets", Py.newLong(exchange.body().produced()));
      put(details, "seconds", new PyFloat((System.nanoTime() - began) / 1e9));
      put(details, "client_gone", Py.newBoolean(exchange.isClientGone()));
      tell(finished, details);
    }
  }

  /** The interpreter is about to close. */
  void stopping() {
    PyDictionary details = details("stopping", Py.None);
    details.__delitem__("environ");
    tell(stopping, details);
  }

  private PyDictionary details(String event, PyObject environ) {
    PyDictionary details = new PyDictionary();
    put(details, "event", PyValues.strOf(event));
    put(details, "app", PyValues.strOf(app));
    put(details, "environ", environ);
    return details;
  }

  private static void put(PyDictionary details, String name, PyObject value) {
    details.__setitem__(PyValues.strOf(name), value);
  }

  private static Rule rule(Throwable failure) {
    return failure instanceof WsgiException
        ? ((WsgiException) failure).rule()
        : Rule.APPLICATION_RAISED;
  }

  /** Returns the equivalent of sys.exc_info(). */
  private static PyObject info(Throwable failure) {
    PyException raised =
        failure instanceof WsgiException
            ? PythonExceptions.raised((WsgiException) failure)
            : failure instanceof PyException ? (PyException) failure : Py.JavaError(failure);
    raised.normalize();
    PyObject traceback = raised.traceback == null ? Py.None : raised.traceback;
    return new PyTuple(raised.type, raised.value, traceback);
  }

  private void tell(Listener[] listeners, PyDictionary details) {
    for (Listener listener : listeners) {
      try {
        listener.function.__call__(details);
      } catch (Throwable failure) {
        if (listener.hasFailed.compareAndSet(false, true)) {
          String message = Rule.EVENT_FAILED.message(listener.name);
          String traceback = SafeText.lines("\n" + Tracebacks.of(failure));
          LOG.log(System.Logger.Level.ERROR, message + " (" + app + ")" + traceback);
        }
      }
    }
  }
}
