// A WSGI application on Jython, called once for each request.
package org.isthmus.engine.jython;

import java.io.IOException;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.WsgiApp;
import org.isthmus.exchange.Exchange;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PySystemState;

/**
 * Puts a thread into the interpreter's state, calls the application, and restores the thread.
 *
 * <p><b>Threading.</b> Immutable; called by any number of the container's threads.
 */
final class JythonApp implements WsgiApp {
  private final JythonEngine engine;
  private final PyObject callable;
  private final AppSpec spec;
  private final EnvironKeys keys;
  private final Failures failures;

  JythonApp(JythonEngine engine, PyObject callable, AppSpec spec, String name) {
    this.engine = engine;
    this.callable = callable;
    this.spec = spec;
    this.failures = new Failures(name);
    this.keys = new EnvironKeys(this, spec.modjy(), spec.environ());
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    PySystemState before = Py.setSystemState(engine.system());
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(engine.loader());
    try {
      new Call(this, exchange).run(Py.getThreadState());
    } finally {
      engine.endRequest();
      thread.setContextClassLoader(loader);
      Py.setSystemState(before);
    }
  }

  PyObject callable() {
    return callable;
  }

  EnvironKeys keys() {
    return keys;
  }

  Failures failures() {
    return failures;
  }

  PyObject errors() {
    return engine.errors();
  }

  boolean isMultithread() {
    return spec.isMultithread();
  }

  boolean isEnvironLazy() {
    return spec.isEnvironLazy();
  }
}
