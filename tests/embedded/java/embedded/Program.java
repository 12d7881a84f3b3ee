package embedded;

import java.io.IOException;

/** What the embedding programs have in common: they run until their input ends. */
final class Program {
  interface Server {
    void stop() throws Exception;
  }

  private Program() {}

  static void run(int port, Server server) throws Exception {
    System.out.println("listening " + port);
    waitForEnd();
    server.stop();
    System.out.println("stopped");
  }

  private static void waitForEnd() throws IOException {
    while (System.in.read() >= 0) {
      // Input does not matter, only its end.
    }
  }
}
