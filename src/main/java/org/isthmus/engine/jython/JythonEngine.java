// Jython inside a web application: started, asked for applications, closed.
package org.isthmus.engine.jython;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.python.core.Options;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PySystemState;
import org.python.core.PyTuple;
import org.python.core.__builtin__;
import org.python.core.imp;

/**
 * One Jython runtime with one interpreter, shared by the applications of a web application.
 *
 * <p><b>Threading.</b> Python is started, imports applications and ends on short-lived threads of
 * its own: importing {@code threading} renames the current thread, and what Python leaves in
 * thread-locals must not stay behind on the container's threads.
 */
public final class JythonEngine implements Engine {
  private final EngineSpec spec;
  private PySystemState system;
  private Streams streams;

  /** Starts Jython; it is ready when the constructor returns. */
  public JythonEngine(EngineSpec spec) {
    this.spec = spec;
    onOwnThread(this::start);
  }

  @Override
  public WsgiApp load(AppSpec app) {
    return onOwnThread(() -> loadHere(app));
  }

  @Override
  public void close() {
    onOwnThread(this::stop);
  }

  PySystemState system() {
    return system;
  }

  Streams streams() {
    return streams;
  }

  ClassLoader loader() {
    return spec.loader();
  }

  private Void start() {
    Properties properties = new Properties();
    // The package cache would be written below the user's home, and WARs import by name.
    properties.setProperty("python.cachedir.skip", "true");
    // Otherwise Jython asks the operating system, in a process of its own.
    properties.setProperty("python.console.encoding", "UTF-8");
    spec.properties().forEach(properties::setProperty);
    PySystemState.initialize(System.getProperties(), properties, new String[] {""}, loader());
    system = new PySystemState();
    system.setClassLoader(loader());
    system.dont_write_bytecode = true;
    Py.setSystemState(system);
    streams = new Streams();
    streams.install(system);
    if (spec.importsSite() && Options.importSite) {
      imp.load("site");
    }
    module("isthmus.paths").invoke("install", webInf());
    module("isthmus.logs").invoke("install", new PythonLog(), Py.newString(spec.logLevel()));
    return null;
  }

  private Void stop() {
    try {
      system.callExitFunc();
    } catch (RuntimeException e) {
      System.getLogger("org.isthmus.engine")
          .log(System.Logger.Level.WARNING, "An exit function failed: " + Failures.traceback(e));
    } finally {
      streams.endAll();
      // Each has a shutdown hook, which would keep this class loader alive (PySystemState.cleanup).
      system.cleanup();
      Py.defaultSystemState.cleanup();
    }
    return null;
  }

  private WsgiApp loadHere(AppSpec app) {
    PyList entries = new PyList();
    app.path().forEach(entry -> entries.append(Py.fileSystemEncode(entry)));
    module("isthmus.paths").invoke("extend", entries, webInf());
    PyObject name = app.app() == null ? Py.None : Py.fileSystemEncode(app.app());
    PyObject loaded =
        app.modjy() == null
            ? module("isthmus.loading").invoke("load", name, webInf())
            : module("isthmus.modjy")
                .invoke(
                    "load", new PyObject[] {name, webInf(), Py.java2py(app.modjy().parameters())});
    String shown = app.app() == null ? loaded.__getitem__(1).toString() : app.app();
    return new JythonApp(this, loaded.__getitem__(0), app, shown);
  }

  private PyObject webInf() {
    Path path = spec.webInf();
    return path == null ? Py.None : Py.fileSystemEncode(path.toString());
  }

  private static PyObject module(String name) {
    // With a name to import from, the result is the module itself and not its package.
    return __builtin__.__import__(name, null, null, new PyTuple(new PyString("__name__")));
  }

  private <T> T onOwnThread(Callable<T> work) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              if (system != null) {
                Py.setSystemState(system);
              }
              try {
                return work.call();
              } catch (PyException e) {
                throw LoadFailure.of(e);
              }
            });
    Thread thread = new Thread(task, "isthmus-engine");
    thread.setContextClassLoader(loader());
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new WsgiException(e, Rule.ENGINE_FAILED, "interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WsgiException) {
        throw (WsgiException) e.getCause();
      }
      throw new WsgiException(e.getCause(), Rule.ENGINE_FAILED, e.getCause());
    }
  }
}
