package org.isthmus.engine.jython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.isthmus.Logged;
import org.isthmus.errors.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a response that its interpreter does not wait for. */
class OpenResponsesTest {
  private static final String WAITS =
      """
      import os, time
      HERE = os.path.dirname(os.path.abspath(__file__))
      def note(name):
          open(os.path.join(HERE, name), 'w').close()
      def application(environ, start_response):
          start_response('200 OK', [])
          return blocks()
      def blocks():
          try:
              note('begun')
              time.sleep(600)
              yield b'never'
          finally:
              note('closed')
      """;

  @TempDir Path webInf;

  @Test
  void interpreterCutsThemAndLetsThemCloseBeforeItEnds() throws Exception {
    try (Logged logged = new Logged()) {
      OneApp app = new OneApp(webInf, WAITS, null);
      FutureTask<Boolean> request =
          new FutureTask<>(
              () -> {
                app.handle();
                return Thread.interrupted();
              });
      Thread thread = new Thread(request);
      thread.start();
      await(webInf.resolve("app/begun"));
      app.close();
      assertFalse(request.get(30, TimeUnit.SECONDS), "an interrupt is left on the thread");
      assertTrue(Files.exists(webInf.resolve("app/closed")));
      assertEquals(503, app.status());
      assertEquals(List.of(), logged.messages(Level.SEVERE));
      String cut = Rule.RESPONSE_CUT.code();
      long records = logged.messages().stream().filter(text -> text.startsWith(cut)).count();
      assertEquals(1, records, () -> logged.messages().toString());
    }
  }

  private static void await(Path file) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.exists(file)) {
      assertTrue(System.nanoTime() - end < 0, "the application has not begun");
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
