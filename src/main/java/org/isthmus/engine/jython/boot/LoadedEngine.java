// Jython in its own class loader: started in it, and discarded with it.
package org.isthmus.engine.jython.boot;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.isthmus.engine.Engine;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** The engine together with the class loader that defines it. Immutable. */
final class LoadedEngine implements Engine {
  private static final String ENGINE = "org.isthmus.engine.jython.JythonEngine";

  private final EngineLoader loader;
  private final NestedJython nested;
  private final Engine engine;

  private LoadedEngine(EngineLoader loader, NestedJython nested, Engine engine) {
    this.loader = loader;
    this.nested = nested;
    this.engine = engine;
  }

  /**
   * Starts Jython.
   *
   * @param parent the web application's class loader
   * @param jars Jython's jars as real files; empty if the parent has Jython
   * @param spec creates the engine's description, given its class loader
   * @throws WsgiException if it cannot start; the message says why
   */
  static LoadedEngine start(
      ClassLoader parent,
      List<Path> jars,
      NestedJython nested,
      Function<ClassLoader, JythonSpec> spec) {
    EngineLoader loader = new EngineLoader(ordered(nested == null ? jars : nested.jars()), parent);
    try {
      JythonSpec surroundings = spec.apply(loader);
      JythonLocations.check(loader, surroundings, nested != null);
      Object engine =
          Class.forName(ENGINE, true, loader)
              .getConstructor(JythonSpec.class)
              .newInstance(surroundings);
      return new LoadedEngine(loader, nested, (Engine) engine);
    } catch (WsgiException e) {
      close(loader, nested);
      throw e;
    } catch (InvocationTargetException e) {
      close(loader, nested);
      if (e.getCause() instanceof WsgiException) {
        throw (WsgiException) e.getCause();
      }
      throw new WsgiException(e.getCause(), Rule.ENGINE_FAILED, e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      close(loader, nested);
      throw new WsgiException(e, Rule.ENGINE_FAILED, e);
    }
  }

  @Override
  public Interpreter interpreter() {
    return engine.interpreter();
  }

  @Override
  public Interpreter interpreter(StartTimes times) {
    return engine.interpreter(times);
  }

  @Override
  public void close() {
    try {
      engine.close();
    } finally {
      close(loader, nested);
    }
  }

  private static void close(EngineLoader loader, NestedJython nested) {
    try {
      loader.close();
    } catch (IOException e) {
      System.getLogger("org.isthmus.engine")
          .log(System.Logger.Level.DEBUG, "A jar could not be closed.", e);
    }
    if (nested != null) {
      nested.close();
    }
  }

  /** Jython's own jar first: it has most classes, and jars are searched in order. */
  private static List<Path> ordered(List<Path> jars) {
    List<Path> ordered = new ArrayList<>(jars);
    ordered.sort(Comparator.comparing(jar -> !jar.getFileName().toString().startsWith("jython")));
    return ordered;
  }
}
