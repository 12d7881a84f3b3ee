package embedded;

import java.io.IOException;

/** What the embedding programs have in common: they run until their input ends, or a signal. */
final class Program {
  interface Server {
    void stop() throws Exception;
  }

  private Program() {}

  static void run(int port, Server server) throws Exception {
    Thread hook = new Thread(() -> stopAtSignal(server));
    Runtime.getRuntime().addShutdownHook(hook);
    System.out.println("listening " + port);
    waitForEnd();
    Runtime.getRuntime().removeShutdownHook(hook);
    server.stop();
    System.out.println("stopped");
  }

  private static void stopAtSignal(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      e.printStackTrace();
    }
  }

  private static void waitForEnd() throws IOException {
    while (System.in.read() >= 0) {
      // Input does not matter, only its end.
    }
  }
}
