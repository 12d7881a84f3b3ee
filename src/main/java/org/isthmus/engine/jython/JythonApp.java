// A WSGI application on Jython, called once for each request.
package org.isthmus.engine.jython;

import java.io.IOException;
import java.util.List;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.WsgiApp;
import org.isthmus.engine.jython.boot.JythonOptions;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Failures;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PySystemState;

/**
 * Switches a thread to the interpreter's state, calls the application, and restores the thread.
 *
 * <p><b>Threading.</b> Immutable; called by any number of the container's threads.
 */
final class JythonApp implements WsgiApp {
  final PyObject callable;
  final EnvironKeys keys;
  final boolean isEnvironLazy;
  final Failures failures;
  final Events events;
  final OpenResponses responses;
  private final JythonInterpreter interpreter;
  private final String name;

  JythonApp(
      JythonInterpreter interpreter,
      PyObject callable,
      AppSpec spec,
      String name,
      Events events,
      Tasks tasks) {
    this.interpreter = interpreter;
    this.callable = callable;
    this.name = name;
    this.failures = new Failures(name, Tracebacks::of);
    this.events = events;
    this.responses = interpreter.responses();
    JythonOptions options = (JythonOptions) spec.options();
    this.isEnvironLazy = options.isEnvironLazy();
    this.keys = new EnvironKeys(spec, options.modjy(), interpreter.errors(), tasks);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    PySystemState before = Py.setSystemState(interpreter.system());
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(interpreter.loader());
    try {
      run(exchange);
    } finally {
      thread.setContextClassLoader(loader);
      Py.setSystemState(before);
    }
  }

  private void run(Exchange exchange) throws IOException {
    Call call = new Call(this, exchange);
    try {
      call.run(Py.getThreadState());
    } finally {
      try {
        interpreter.endRequest();
      } finally {
        call.end();
      }
    }
  }

  @Override
  public List<String> pythonStack(Exchange exchange, StackTraceElement[] stack) {
    return PythonStack.lines(stack);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<List<String>> modules() {
    return interpreter.modules();
  }
}
