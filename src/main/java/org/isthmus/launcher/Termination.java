// SIGTERM and Ctrl-C: an orderly shutdown with exit status 0.
package org.isthmus.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Without it, Java exits with 143 or 130. The signal class is in the module jdk.unsupported, which
 * every JDK has but the compiler warns about; so it is called by name.
 */
final class Termination {
  private final Runnable stop;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicInteger signals = new AtomicInteger();

  /**
   * Installs nothing yet.
   *
   * @param stop is called once, on its own thread
   */
  Termination(Runnable stop) {
    this.stop = stop;
  }

  /** Makes the first signal stop the server, and the second end the JVM at once, with 1. */
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

  /** Stops the server when a stream ends, for example because the parent process has gone. */
  void onEnd(InputStream in) {
    Thread reader =
        new Thread(
            () -> {
              try {
                in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // It has ended anyway.
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
