// SIGTERM and Ctrl-C: an orderly end, and 0 for whoever waits for the process.
package org.isthmus.main;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Without it Java ends with 143 or 130. The class for signals is in the module jdk.unsupported,
 * which every JDK has and the compiler warns of; so it is called by its name.
 */
final class Termination {
  private final Runnable stop;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicInteger signals = new AtomicInteger();

  /**
   * Ends nothing yet.
   *
   * @param stop is called once, on a thread of its own
   */
  Termination(Runnable stop) {
    this.stop = stop;
  }

  /** Has a first signal stop what runs, and a second end the JVM at once, with 1. */
  void onSignals() throws ReflectiveOperationException {
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Class<?> signal = Class.forName("sun.misc.Signal");
    Object ours =
        Proxy.newProxyInstance(
            Termination.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (signals.incrementAndGet() > 1) {
                Runtime.getRuntime().halt(1);
              }
              begin();
              return null;
            });
    for (String name : new String[] {"TERM", "INT"}) {
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    }
  }

  /** Has the end of a stream, such as that of a program that has gone, stop what runs. */
  void onEnd(InputStream in) {
    Thread reader =
        new Thread(
            () -> {
              try {
                in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // It has ended all the same.
              }
              begin();
            },
            "isthmus-input");
    reader.setDaemon(true);
    reader.start();
  }

  private void begin() {
    if (!stopping.getAndSet(true)) {
      new Thread(stop, "isthmus-stop").start();
    }
  }
}
