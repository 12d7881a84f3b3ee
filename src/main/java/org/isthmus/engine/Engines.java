// Finds the runtime of a web application and starts the engine for it.
package org.isthmus.engine;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** An engine together with the class loader that holds it. */
public final class Engines implements AutoCloseable {
  private static final String JYTHON = "org.isthmus.engine.jython";

  private final EngineLoader loader;
  private final Engine engine;

  private Engines(EngineLoader loader, Engine engine) {
    this.loader = loader;
    this.engine = engine;
  }

  /**
   * Starts Jython.
   *
   * @param parent the web application's class loader
   * @param jars Jython's jars as real files; empty if the parent has Jython
   * @param spec makes the engine's surroundings, given its class loader
   */
  public static Engines jython(
      ClassLoader parent, List<Path> jars, Function<ClassLoader, EngineSpec> spec) {
    EngineLoader loader = new EngineLoader(ordered(jars), parent, JYTHON);
    try {
      EngineSpec surroundings = spec.apply(loader);
      JythonPlaces.check(loader, surroundings);
      Object engine =
          Class.forName(JYTHON + ".JythonEngine", true, loader)
              .getConstructor(EngineSpec.class)
              .newInstance(surroundings);
      return new Engines(loader, (Engine) engine);
    } catch (WsgiException e) {
      close(loader);
      throw e;
    } catch (InvocationTargetException e) {
      close(loader);
      if (e.getCause() instanceof WsgiException) {
        throw (WsgiException) e.getCause();
      }
      throw new WsgiException(e.getCause(), Rule.ENGINE_FAILED, e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      close(loader);
      throw new WsgiException(e, Rule.ENGINE_FAILED, e);
    }
  }

  /** Returns the engine. */
  public Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    try {
      engine.close();
    } finally {
      close(loader);
    }
  }

  private static void close(EngineLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      System.getLogger("org.isthmus.engine")
          .log(System.Logger.Level.DEBUG, "A jar could not be closed.", e);
    }
  }

  /** Jython's own jar first: most classes are in it, and one jar after the other is asked. */
  private static List<Path> ordered(List<Path> jars) {
    List<Path> ordered = new ArrayList<>(jars);
    ordered.sort(Comparator.comparing(jar -> !jar.getFileName().toString().startsWith("jython")));
    return ordered;
  }
}
