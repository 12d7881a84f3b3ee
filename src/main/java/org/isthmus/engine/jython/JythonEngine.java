// Jython inside a web application: started, asked for applications, closed.
package org.isthmus.engine.jython;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final long EXIT_SECONDS = 10;

  private final EngineSpec spec;
  private final JavaTypes types;
  private PySystemState system;
  private Streams streams;
  private PythonLocals locals;

  /** Starts Jython; it is ready when the constructor returns. */
  public JythonEngine(EngineSpec spec) {
    this.spec = spec;
    this.types = JavaTypes.install();
    NativeMemory.install();
    try {
      onOwnThread(this::start);
    } catch (WsgiException e) {
      onOwnThread(this::release, EXIT_SECONDS);
      throw e;
    }
  }

  @Override
  public WsgiApp load(AppSpec app) {
    return onOwnThread(() -> loadHere(app));
  }

  /**
   * Runs {@code atexit} functions for up to ten seconds, then frees what the interpreter holds.
   *
   * <p>{@code threading} has one that waits for every non-daemon thread; one that never ends must
   * not keep the container from undeploying.
   */
  @Override
  public void close() {
    try {
      onOwnThread(this::exit, EXIT_SECONDS);
    } catch (WsgiException e) {
      LOG.log(System.Logger.Level.WARNING, Rule.EXIT_FAILED.message(EXIT_SECONDS), e);
    } finally {
      onOwnThread(this::release, EXIT_SECONDS);
    }
  }

  PySystemState system() {
    return system;
  }

  PyObject errors() {
    return streams.errors();
  }

  /** Takes from this thread what Python left in it: unfinished lines, thread-locals. */
  void endRequest() {
    streams.end();
    locals.endRequest();
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
    JavaWarnings.install();
    system = new PySystemState();
    system.setClassLoader(loader());
    system.dont_write_bytecode = true;
    Py.setSystemState(system);
    streams = new Streams();
    streams.install(system);
    locals = new PythonLocals(system);
    module("isthmus.locals").invoke("install", locals);
    module("isthmus.signals").invoke("install", new RefusedSignal());
    module("isthmus.sockets").__getattr__("groups").invoke("install");
    if (spec.importsSite() && Options.importSite) {
      imp.load("site");
    }
    module("isthmus.paths").invoke("install", webInf());
    module("isthmus.logs").invoke("install", new PythonLog(), Py.newString(spec.logLevel()));
    return null;
  }

  private Void exit() {
    system.callExitFunc();
    return null;
  }

  /**
   * Leaves nothing in the JVM that would keep this class loader: the order matters, for Python code
   * runs until its interpreter is cleaned up, and types are made as long as anything is looked at.
   */
  private Void release() {
    if (streams != null) {
      streams.endAll();
    }
    PythonThreads.end();
    if (locals != null) {
      module("isthmus.leaving").invoke("leave", Py.java2py(loader()));
    }
    // Each has a shutdown hook, which would keep this class loader alive (PySystemState.cleanup).
    if (system != null) {
      system.cleanup();
    }
    if (Py.defaultSystemState != null) {
      Py.defaultSystemState.cleanup();
    }
    PythonThreads.release(loader());
    types.clear();
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
    return onOwnThread(work, Long.MAX_VALUE);
  }

  private <T> T onOwnThread(Callable<T> work, long mostSeconds) {
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
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(mostSeconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new WsgiException(e, Rule.ENGINE_FAILED, "interrupted");
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new WsgiException(e, Rule.ENGINE_FAILED, "no end after " + mostSeconds + " seconds");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WsgiException) {
        throw (WsgiException) e.getCause();
      }
      throw new WsgiException(e.getCause(), Rule.ENGINE_FAILED, e.getCause());
    }
  }
}
