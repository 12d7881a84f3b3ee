// Takes back what Jython registers for an interpreter's end: the container ends web applications.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.python.core.PySystemState;
import org.python.core.PySystemState.PySystemStateCloser;

/**
 * Each interpreter has a hook that closes its files and sockets when the JVM ends.
 *
 * <p>The JVM runs all hooks concurrently, so files would be closed under the requests that the
 * container's own hook allows to finish. {@link JythonInterpreter#close} closes them at the right
 * time.
 *
 * <p>Jython also lists each closer, to clean up after an interpreter that nobody has closed, and
 * forgets it when a later one starts. The hook's thread in it has the class loader of the web
 * application, which a Jython that outlives it, as with Spring Boot's DevTools, would keep until
 * then.
 */
final class ShutdownHooks {
  private ShutdownHooks() {}

  /** Removes the hook of an interpreter, and its closer from Jython's list. */
  static void remove(PySystemState system) {
    try {
      // Our own lookup for each: where Jython has another loader, one in it has no rights beyond
      // it.
      MethodHandles.Lookup own = MethodHandles.lookup();
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(PySystemState.class, own);
      VarHandle closers =
          lookup.findStaticVarHandle(PySystemState.class, "sysClosers", ConcurrentMap.class);
      VarHandle closerOf =
          lookup.findVarHandle(PySystemState.class, "closer", PySystemStateCloser.class);
      VarHandle hook =
          MethodHandles.privateLookupIn(PySystemStateCloser.class, own)
              .findVarHandle(PySystemStateCloser.class, "shutdownHook", Thread.class);
      PySystemStateCloser closer = (PySystemStateCloser) closerOf.get(system);
      forget((ConcurrentMap<?, ?>) closers.get(), closer);
      Runtime.getRuntime().removeShutdownHook((Thread) hook.get(closer));
    } catch (IllegalStateException e) {
      // The JVM is already shutting down.
      return;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }

  private static void forget(ConcurrentMap<?, ?> closers, PySystemStateCloser closer) {
    for (Map.Entry<?, ?> entry : closers.entrySet()) {
      if (entry.getValue() == closer) {
        // Or it might be queued, and Jython would look in vain for its closer.
        ((WeakReference<?>) entry.getKey()).clear();
        closers.remove(entry.getKey());
      }
    }
  }
}
