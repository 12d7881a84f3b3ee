// The open interpreters of one generation, and what they have imported.
package org.isthmus.deploy;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.WsgiException;

/**
 * Makes interpreters of a shared engine, and keeps track of those that are open.
 *
 * <p><b>Threading.</b> Any threads.
 */
final class Interpreters implements Engine {
  private final Engine engine;
  private final Set<Known> open = ConcurrentHashMap.newKeySet();
  private final Set<Path> failed = ConcurrentHashMap.newKeySet();

  /** Knows no interpreter yet. */
  Interpreters(Engine engine) {
    this.engine = engine;
  }

  /** One interpreter, until it is closed. */
  private final class Known implements Interpreter {
    private final Interpreter interpreter;

    Known(Interpreter interpreter) {
      this.interpreter = interpreter;
    }

    @Override
    public WsgiApp load(AppSpec spec) {
      try {
        return interpreter.load(spec);
      } catch (WsgiException e) {
        // It may be closed before anyone can ask.
        failed.addAll(FailedFiles.of(e, interpreter));
        throw e;
      }
    }

    @Override
    public void close() {
      open.remove(this);
      interpreter.close();
    }
  }

  @Override
  public Interpreter interpreter() {
    return known(engine.interpreter());
  }

  @Override
  public Interpreter interpreter(StartTimes times) {
    return known(engine.interpreter(times));
  }

  private Interpreter known(Interpreter interpreter) {
    Known made = new Known(interpreter);
    open.add(made);
    return made;
  }

  /** Returns the files that modules come from now, and those of imports that failed. */
  Set<Path> files() {
    Set<Path> files = new LinkedHashSet<>(failed);
    open.forEach(known -> files.addAll(known.interpreter.files()));
    return files;
  }

  /** Returns true if the thread is in the middle of a request in one of them. */
  boolean hasThisThread() {
    return open.stream().anyMatch(known -> known.interpreter.hasThisThread());
  }

  /** Does nothing: this does not own the engine, and callers close their interpreters. */
  @Override
  public void close() {}
}
