// Keeps Python's threading.local and netty's thread-locals out of the container's threads.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PySystemState;
import org.python.core.PyType;
import org.python.core.Untraversable;
import org.python.modules.thread.PyLocal;

/** What {@code isthmus.jython.locals} calls for each new {@code threading.local}. */
@Untraversable
final class PythonLocals extends PyObject {
  private static final PyType TYPE = PyType.fromClass(PythonLocals.class);
  private static final VarHandle VALUES = values();
  private static final String[] NETTY = {"io.netty", "org.python.netty"};

  private final PySystemState system;
  private volatile MethodHandle removeAll;

  PythonLocals(PySystemState system) {
    super(TYPE);
    this.system = system;
  }

  private static VarHandle values() {
    try {
      return MethodHandles.privateLookupIn(PyLocal.class, MethodHandles.lookup())
          .findVarHandle(PyLocal.class, "tdict", ThreadLocal.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }

  /** Moves the values of a new {@code thread._local} to where they can be garbage-collected. */
  @Override
  @SuppressWarnings({"unchecked", "ThreadLocalUsage"})
  public PyObject __call__(PyObject local) {
    ThreadLocal<Object[]> before = (ThreadLocal<Object[]>) VALUES.get((PyLocal) local);
    HeapLocal after = new HeapLocal();
    after.set(before.get());
    before.remove();
    VALUES.set((PyLocal) local, (ThreadLocal<?>) after);
    return Py.None;
  }

  /** Removes from this thread what Jython's sockets, which are netty's, have left in it. */
  void endRequest() {
    if (system.modules.__finditem__("_socket") == null) {
      return;
    }
    try {
      if (removeAll == null) {
        removeAll = removeAll();
      }
      removeAll.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("removeAll declares no such exception", e);
    }
  }

  private static MethodHandle removeAll() throws ReflectiveOperationException {
    for (String netty : NETTY) {
      try {
        Class<?> locals =
            Class.forName(
                netty + ".util.concurrent.FastThreadLocal",
                true,
                PythonLocals.class.getClassLoader());
        return MethodHandles.lookup()
            .findStatic(locals, "removeAll", MethodType.methodType(void.class));
      } catch (ClassNotFoundException e) {
        // jython-standalone has netty under another package name.
      }
    }
    return MethodHandles.empty(MethodType.methodType(void.class));
  }
}
