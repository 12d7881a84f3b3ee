// One Python interpreter: started, asked for applications, closed.
package org.isthmus.engine.jython;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.DataSources;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.WsgiApp;
import org.isthmus.engine.jython.boot.JythonOptions;
import org.isthmus.engine.jython.boot.JythonSpec;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.ModjySpec;
import org.python.core.Options;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;
import org.python.core.PyTuple;
import org.python.core.ThreadState;
import org.python.core.__builtin__;
import org.python.core.imp;

/**
 * A {@link PySystemState} with the streams, the log and the path of a web application.
 *
 * <p><b>Threading.</b> Python starts, imports applications and ends on its own threads ({@link
 * OwnThread}); requests come on any number of the container's threads.
 */
final class JythonInterpreter implements Interpreter {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final long EXIT_SECONDS = 10;
  private static final long LOOK_SECONDS = 10;

  private final JythonSpec spec;
  private final StartTimes times;
  private final Streams streams = new Streams();
  private final List<Events> events = new CopyOnWriteArrayList<>();
  private final List<Tasks> tasks = new CopyOnWriteArrayList<>();
  private final OpenResponses responses = new OpenResponses();
  private final RequestEnd requestEnd = new RequestEnd();
  private PySystemState system;
  private PythonLocals locals;

  private JythonInterpreter(JythonSpec spec, StartTimes times) {
    this.spec = spec;
    this.times = times;
  }

  /**
   * Starts an interpreter; it is ready when this returns.
   *
   * @param times records each phase of its start and its imports
   */
  static JythonInterpreter start(JythonSpec spec, StartTimes times) {
    JythonInterpreter interpreter = new JythonInterpreter(spec, times);
    try {
      OwnThread.run(spec.loader(), interpreter::startHere);
      return interpreter;
    } catch (WsgiException e) {
      try {
        interpreter.inside(interpreter::release, EXIT_SECONDS);
      } catch (WsgiException consequence) {
        e.addSuppressed(consequence);
      }
      throw e;
    }
  }

  @Override
  public WsgiApp load(AppSpec app) {
    return OwnThread.run(loader(), () -> inside(() -> loadHere(app)));
  }

  /**
   * Cuts the responses that are still open, lets the tasks of {@code isthmus.submit} end, runs
   * {@code atexit} functions for up to ten seconds, then frees what the interpreter holds.
   *
   * <p>The one of {@code threading} waits for every non-daemon thread; a thread that never ends
   * must not keep the container from undeploying.
   */
  @Override
  public void close() {
    try {
      responses.end();
      endTasks();
    } finally {
      end();
    }
  }

  private void end() {
    long begun = System.nanoTime();
    try {
      inside(this::exit, EXIT_SECONDS);
    } catch (WsgiException e) {
      LOG.log(System.Logger.Level.WARNING, Rule.EXIT_FAILED.message(EXIT_SECONDS), e);
    }
    long exited = System.nanoTime();
    inside(this::release, EXIT_SECONDS);
    LOG.log(
        System.Logger.Level.INFO,
        "Python has ended: exit functions {0} seconds, then threads, sockets and files {1}.",
        seconds(exited - begun),
        seconds(System.nanoTime() - exited));
  }

  /** Waits for the tasks of all applications at once. */
  private void endTasks() {
    List<Tasks> used = new ArrayList<>(tasks);
    used.removeIf(each -> !each.beginEnd());
    if (used.isEmpty()) {
      return;
    }
    Duration longest =
        used.stream().map(Tasks::drain).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    long begun = System.nanoTime();
    Callable<Void> end =
        () -> {
          used.forEach(Tasks::refuse);
          used.forEach(each -> each.end(Duration.ofNanos(System.nanoTime() - begun)));
          return null;
        };
    try {
      inside(end, longest.toSeconds() + EXIT_SECONDS);
    } catch (WsgiException e) {
      LOG.log(System.Logger.Level.WARNING, Rule.CLOSE_FAILED.message(e), e);
    }
  }

  private static String seconds(long nanos) {
    return Seconds.text(Duration.ofNanos(nanos));
  }

  /** Returns name, version and file of each loaded module. */
  List<List<String>> modules() {
    return inside(
        () -> {
          List<List<String>> modules = new ArrayList<>();
          for (PyObject module : module("isthmus.modules").invoke("loaded").asIterable()) {
            List<String> row = new ArrayList<>();
            module.asIterable().forEach(text -> row.add(text.toString()));
            modules.add(row);
          }
          return modules;
        },
        LOOK_SECONDS);
  }

  @Override
  public Set<Path> files() {
    return Modules.files(system);
  }

  @Override
  public Set<Path> path() {
    return Modules.path(system);
  }

  /** A thread that is new to Jython keeps the first state it was given; it has no frame then. */
  @Override
  public boolean hasThisThread() {
    ThreadState thread = Py.getThreadState();
    return thread.frame != null && thread.getSystemState() == system;
  }

  PySystemState system() {
    return system;
  }

  ClassLoader loader() {
    return spec.loader();
  }

  PyObject errors() {
    return streams.errors();
  }

  OpenResponses responses() {
    return responses;
  }

  /** Takes from this thread what Python left in it: connections, lines, thread-locals. */
  void endRequest() {
    try {
      requestEnd.run();
    } finally {
      try {
        streams.end();
      } finally {
        locals.endRequest();
      }
    }
  }

  private Void startHere() {
    system = new PySystemState();
    ShutdownHooks.remove(system);
    system.setClassLoader(loader());
    system.dont_write_bytecode = true;
    // Jython has one dict of built-ins for all interpreters; gettext and others write to it.
    system.setBuiltins(((PyStringMap) system.getBuiltins()).copy());
    Py.setSystemState(system);
    streams.install(system);
    locals = new PythonLocals(system);
    CLocale.install(system);
    PythonFirst.install(system);
    // Before anything imports the modules that they change.
    module("isthmus.jython.locals").invoke("install", locals);
    module("isthmus.jython.signals").invoke("install", new RefusedSignal());
    module("isthmus.jython.threads").invoke("install");
    if (spec.refusesExit()) {
      module("isthmus.jython.exits").invoke("install", new RefusedExit());
    }
    module("isthmus.jython.providers").invoke("install", new SharedProvider(spec.context()));
    module("isthmus.jython.sockets").invoke("install");
    module("isthmus.jython.program").invoke("install");
    module("isthmus.jython.request_end").invoke("install", requestEnd);
    module("isthmus.jython.environment").invoke("install", variables());
    PyObject noInput = Py.newString(Rule.INPUT_REFUSED.message());
    module("isthmus.jython.no_input").invoke("install", noInput);
    PyObject owns = Py.newBoolean(spec.isOwn(PySystemState.class));
    module("isthmus.jython.repairs").invoke("install", owns);
    times.ended("Jython");
    if (spec.importsSite() && Options.importSite) {
      imp.load("site");
      times.ended("site");
    }
    module("isthmus.paths").invoke("install", webInf(), classPath());
    module("isthmus.paths").invoke("place_eggs", temporary());
    installLog();
    installServices();
    times.ended("Isthmus");
    return null;
  }

  private void installServices() {
    if (!spec.services().isEmpty()) {
      PyObject services = PlainConversion.python(spec.services());
      module("isthmus.data_sources").invoke("install", services);
    }
    DataSources program = DataSources.of(spec.context());
    if (!program.names().isEmpty()) {
      module("isthmus.data_sources").invoke("install_program", Py.java2py(program));
    }
  }

  private void installLog() {
    PythonLog log = new PythonLog();
    PyObject level = Py.newString(spec.logLevel());
    module("isthmus.logs").invoke("install", new PyObject[] {log, level, log.wants()});
  }

  private WsgiApp loadHere(AppSpec app) {
    JythonOptions options = (JythonOptions) app.options();
    Executor executor = options.executor();
    PyList entries = new PyList();
    app.path().forEach(entry -> entries.append(Py.fileSystemEncode(entry)));
    module("isthmus.paths").invoke("extend", entries, webInf());
    PythonFirst.uncover(system);
    PyList preloaded = new PyList();
    spec.preload().forEach(module -> preloaded.append(Py.newStringOrUnicode(module)));
    module("isthmus.preloading").invoke("preload", preloaded);
    times.ended("preload");
    PyObject name = app.app() == null ? Py.None : Py.fileSystemEncode(app.app());
    ModjySpec modjy = options.modjy();
    PyObject loaded =
        modjy == null
            ? module("isthmus.loading").invoke("load", name, webInf())
            : module("isthmus.modjy")
                .invoke("load", new PyObject[] {name, webInf(), Py.java2py(modjy.parameters())});
    times.ended(StartTimes.IMPORT);
    String appName = app.app() == null ? loaded.__getitem__(1).toString() : app.app();
    Events ofApp = new Events(appName, app.events(), module("isthmus.events"));
    events.add(ofApp);
    Tasks submitted = new Tasks(this, appName, options.tasks(), executor);
    tasks.add(submitted);
    return new JythonApp(this, loaded.__getitem__(0), app, appName, ofApp, submitted);
  }

  private Void exit() {
    events.forEach(Events::stopping);
    system.callExitFunc();
    return null;
  }

  /** The order matters: threads run Python code until they have ended. */
  private Void release() {
    streams.close();
    if (system == null) {
      return null;
    }
    try {
      PythonThreads.end(system);
      if (locals != null) {
        module("isthmus.jython.sockets").invoke("end");
      }
    } finally {
      system.cleanup();
    }
    return null;
  }

  private PyObject temporary() {
    Object directory = spec.context().getAttribute(ServletContext.TEMPDIR);
    return directory == null ? Py.None : Py.fileSystemEncode(directory.toString());
  }

  private PyObject variables() {
    PyDictionary variables = new PyDictionary();
    spec.variables()
        .forEach(
            (name, value) -> variables.__setitem__(Py.newString(name), Py.fileSystemEncode(value)));
    return variables;
  }

  private PyObject webInf() {
    Path path = spec.webInf();
    return path == null ? Py.None : Py.fileSystemEncode(path.toString());
  }

  private PyList classPath() {
    PyList directories = new PyList();
    spec.classPath().forEach(path -> directories.append(Py.fileSystemEncode(path.toString())));
    return directories;
  }

  static PyObject module(String name) {
    // With a name to import, the result is the module itself and not its package.
    return __builtin__.__import__(name, null, null, new PyTuple(new PyString("__name__")));
  }

  private <T> T inside(Callable<T> work, long maxSeconds) {
    return OwnThread.run(loader(), () -> inside(work), maxSeconds);
  }

  private <T> T inside(Callable<T> work) throws Exception {
    if (system != null) {
      Py.setSystemState(system);
    }
    return work.call();
  }
}
