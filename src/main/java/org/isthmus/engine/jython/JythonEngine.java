// Jython inside a web application: started once for a class loader, closed with it.
package org.isthmus.engine.jython;

import java.util.Properties;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Interpreter;
import org.python.core.Py;
import org.python.core.PySystemState;

/** What all interpreters of one class loader share. */
public final class JythonEngine implements Engine {
  private static final long RELEASE_SECONDS = 10;

  private final EngineSpec spec;
  private final JavaTypes types;

  /** Starts Jython; it is ready when the constructor returns. */
  public JythonEngine(EngineSpec spec) {
    this.spec = spec;
    this.types = JavaTypes.install();
    NativeMemory.install();
    boolean started = false;
    try {
      OwnThread.run(spec.loader(), this::start);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  @Override
  public Interpreter interpreter() {
    return JythonInterpreter.start(spec);
  }

  /** The last thing to happen in this class loader. */
  @Override
  public void close() {
    OwnThread.run(spec.loader(), this::release, RELEASE_SECONDS);
    JvmThreads.release(spec.loader());
    types.close();
  }

  private Void start() {
    Properties properties = new Properties();
    // The package cache would be written below the user's home, and WARs import by name.
    properties.setProperty("python.cachedir.skip", "true");
    // Otherwise Jython asks the operating system, in a process of its own.
    properties.setProperty("python.console.encoding", "UTF-8");
    spec.properties().forEach(properties::setProperty);
    PySystemState.initialize(System.getProperties(), properties, new String[] {""}, spec.loader());
    ShutdownHooks.remove(Py.defaultSystemState);
    StandardLibrary.index(Py.defaultSystemState);
    JavaWarnings.install();
    return null;
  }

  private Void release() {
    // The one that Jython makes for itself.
    if (Py.defaultSystemState != null) {
      Py.defaultSystemState.cleanup();
    }
    Registrations.withdraw(spec.loader());
    return null;
  }
}
