// SIGTERM and Ctrl-C: an orderly shutdown with exit status 0.
package org.isthmus.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Without it, Java exits with 143 or 130. */
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
    for (String name : new String[] {"TERM", "INT"}) {
      Signals.handle(name, this::arrived);
    }
  }

  private void arrived() {
    if (signals.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(1);
    }
    begin();
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
