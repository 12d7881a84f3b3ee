// Removes Jython's shutdown hooks from the JVM: the container ends web applications.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.python.core.PySystemState;
import org.python.core.PySystemState.PySystemStateCloser;

/**
 * Each interpreter has a hook that closes its files and sockets when the JVM ends.
 *
 * <p>The JVM runs all hooks concurrently, so files would be closed under the requests that the
 * container's own hook allows to finish. {@link JythonInterpreter#close} closes them at the right
 * time.
 */
final class ShutdownHooks {
  private ShutdownHooks() {}

  /** Removes the hook of an interpreter. */
  static void remove(PySystemState system) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      VarHandle closer =
          MethodHandles.privateLookupIn(PySystemState.class, lookup)
              .findVarHandle(PySystemState.class, "closer", PySystemStateCloser.class);
      VarHandle hook =
          MethodHandles.privateLookupIn(PySystemStateCloser.class, lookup)
              .findVarHandle(PySystemStateCloser.class, "shutdownHook", Thread.class);
      Runtime.getRuntime()
          .removeShutdownHook((Thread) hook.get((PySystemStateCloser) closer.get(system)));
    } catch (IllegalStateException e) {
      // The JVM is already shutting down.
      return;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }
}
