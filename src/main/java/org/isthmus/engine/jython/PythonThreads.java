// The threads that Python code has started: interrupted, awaited, and logged if they remain.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.errors.Rule;
import org.python.core.FunctionThread;
import org.python.core.PySystemState;

/** The threads that a closed interpreter must not leave running. */
final class PythonThreads {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final long SECONDS = 2;
  private static final VarHandle SYSTEM = system();

  private PythonThreads() {}

  private static VarHandle system() {
    try {
      return MethodHandles.privateLookupIn(FunctionThread.class, MethodHandles.lookup())
          .findVarHandle(FunctionThread.class, "systemState", PySystemState.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }

  /** Interrupts all of an interpreter's threads and waits two seconds for all of them together. */
  static void end(PySystemState system) {
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : JvmThreads.alive()) {
      if (thread instanceof FunctionThread && isOf(system, (FunctionThread) thread)) {
        thread.interrupt();
        threads.add(thread);
      }
    }
    for (Thread thread : JvmThreads.join(threads, SECONDS)) {
      LOG.log(
          System.Logger.Level.WARNING,
          Rule.THREAD_REMAINS.message(thread.getName(), stack(thread)));
    }
  }

  private static boolean isOf(PySystemState system, FunctionThread thread) {
    return SYSTEM.get(thread) == system;
  }

  /** Returns a thread's Python stack, for the end of a message. */
  static String stack(Thread thread) {
    List<String> lines = PythonStack.lines(thread.getStackTrace());
    return lines.isEmpty() ? " (no Python code)" : "\n  " + String.join("\n  ", lines);
  }
}
