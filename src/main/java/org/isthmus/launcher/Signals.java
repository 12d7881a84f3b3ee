// What this process does when a signal arrives.
package org.isthmus.launcher;

import java.lang.reflect.Proxy;

/**
 * The signal class is in the module jdk.unsupported, which every JDK has but the compiler warns
 * about; so it is called by name.
 */
final class Signals {
  private Signals() {}

  /**
   * Replaces what Java does with a signal.
   *
   * @param name such as {@code TERM}
   * @param action runs on one of the JVM's threads
   */
  static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Class<?> signal = Class.forName("sun.misc.Signal");
    Object ours =
        Proxy.newProxyInstance(
            Signals.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              action.run();
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
  }
}
