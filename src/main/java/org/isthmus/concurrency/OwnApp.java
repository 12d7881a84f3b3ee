// An application in an interpreter of its own.
package org.isthmus.concurrency;

import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.WsgiApp;

/** An application and its interpreter, created and closed together. Immutable. */
public final class OwnApp implements AutoCloseable {
  private final Interpreter interpreter;
  private final WsgiApp app;

  private OwnApp(Interpreter interpreter, WsgiApp app) {
    this.interpreter = interpreter;
    this.app = app;
  }

  /**
   * Starts an interpreter and imports an application into it.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be loaded; then no interpreter stays open
   */
  public static OwnApp load(Engine engine, AppSpec spec) {
    return load(engine.interpreter(), spec);
  }

  /**
   * Imports an application into an interpreter that nothing else uses.
   *
   * @throws org.isthmus.errors.WsgiException if it cannot be loaded; then the interpreter is closed
   */
  static OwnApp load(Interpreter interpreter, AppSpec spec) {
    boolean loaded = false;
    try {
      OwnApp own = new OwnApp(interpreter, interpreter.load(spec));
      loaded = true;
      return own;
    } finally {
      if (!loaded) {
        interpreter.close();
      }
    }
  }

  /** Returns the application. */
  public WsgiApp app() {
    return app;
  }

  @Override
  public void close() {
    interpreter.close();
  }
}
