// SIGTERM and Ctrl-C: an orderly end, and 0 for whoever waits for the process.
package org.isthmus.main;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Without it Java ends with 143 or 130. The class for signals is in the module jdk.unsupported,
 * which every JDK has and the compiler warns of; so it is called by its name.
 */
final class Termination {
  private Termination() {}

  /** Has a first signal stop what runs, and a second end the JVM at once, with 1. */
  static void on(Runnable stop) throws ReflectiveOperationException {
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Class<?> signal = Class.forName("sun.misc.Signal");
    AtomicBoolean stopping = new AtomicBoolean();
    Object ours =
        Proxy.newProxyInstance(
            Termination.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (stopping.getAndSet(true)) {
                Runtime.getRuntime().halt(1);
              }
              new Thread(stop, "isthmus-stop").start();
              return null;
            });
    for (String name : new String[] {"TERM", "INT"}) {
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    }
  }
}
