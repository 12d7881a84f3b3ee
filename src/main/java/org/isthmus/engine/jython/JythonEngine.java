// Jython inside a web application: started once per class loader, and closed with it.
package org.isthmus.engine.jython;

import java.util.Properties;
import org.isthmus.engine.Engine;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.jython.boot.JythonSpec;
import org.isthmus.errors.WsgiException;
import org.python.core.Py;
import org.python.core.PySystemState;

/** The state that all interpreters of one class loader share. */
public final class JythonEngine implements Engine {
  private static final long RELEASE_SECONDS = 10;

  private final JythonSpec spec;

  /** Null if this Jython outlives the web application: others use its types. */
  private final JavaTypes types;

  /** Starts Jython; it is ready when the constructor returns. */
  public JythonEngine(JythonSpec spec) {
    this.spec = spec;
    boolean isOwn = spec.isOwn(PySystemState.class);
    this.types = isOwn ? JavaTypes.install() : null;
    if (isOwn) {
      JffiCleaner.install();
    }
    try {
      OwnThread.run(spec.loader(), this::start);
    } catch (WsgiException e) {
      try {
        close();
      } catch (WsgiException consequence) {
        e.addSuppressed(consequence);
      }
      throw e;
    }
  }

  @Override
  public Interpreter interpreter() {
    return JythonInterpreter.start(spec, spec.times());
  }

  @Override
  public Interpreter interpreter(StartTimes times) {
    return JythonInterpreter.start(spec, times);
  }

  /** The last code to run in this class loader. */
  @Override
  public void close() {
    try {
      OwnThread.run(spec.loader(), this::release, RELEASE_SECONDS);
    } finally {
      JvmThreads.release(spec.loader());
      if (types != null) {
        types.close();
      }
    }
  }

  private Void start() {
    Properties properties = new Properties();
    // Otherwise the package cache is written below the user's home; WARs import by name.
    properties.setProperty("python.cachedir.skip", "true");
    // Otherwise Jython runs a process to ask the operating system.
    properties.setProperty("python.console.encoding", "UTF-8");
    spec.properties().forEach(properties::setProperty);
    // A copy: Jython writes to it, and web applications must not share settings.
    Properties copy = (Properties) System.getProperties().clone();
    PySystemState.initialize(copy, properties, new String[] {""}, spec.loader());
    // First: whatever imports a module would have zipimport read the jar itself.
    StandardLibrary.index(Py.defaultSystemState);
    if (types != null) {
      ShutdownHooks.remove(Py.defaultSystemState);
      JavaRepr.install();
    }
    CLocale.choose();
    JavaWarnings.install();
    return null;
  }

  private Void release() {
    // The one that Jython creates for itself.
    if (types != null && Py.defaultSystemState != null) {
      Py.defaultSystemState.cleanup();
    }
    Registrations.withdraw(spec.loader());
    return null;
  }
}
