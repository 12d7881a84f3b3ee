package org.isthmus.engine.jython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.logging.Level;
import org.isthmus.Logged;
import org.isthmus.Messages;
import org.isthmus.errors.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** isthmus.submit where there is no time, no thread or no log. */
class TasksTest {
  private static final String STAYS =
      """
      import threading
      def application(environ, start_response):
          for _ in range(2):
              environ['isthmus.submit'](threading.Event().wait, 600)
          start_response('204 No Content', [])
          return []
      """;

  private static final String REFUSED =
      """
      ran, codes = [], []
      def application(environ, start_response):
          for _ in range(3):
              try:
                  environ['isthmus.submit'](ran.append, 1)
              except RuntimeError as e:
                  codes.append(str(e)[:6])
          assert (ran, codes) == ([], ['IS0545'] * 3), (ran, codes)
          start_response('204 No Content', [])
          return []
      """;

  private static final String FAILS =
      """
      calls, done = [], []
      def application(environ, start_response):
          assert done == calls, (done, calls)
          environ['isthmus.submit']([].remove, 'nothing')
          environ['isthmus.submit'](done.append, len(calls))
          calls.append(len(calls))
          start_response('204 No Content', [])
          return []
      """;

  @TempDir Path webInf;

  /** Calls an application, which accepts what happened, and closes it. */
  private void call(String source, Executor executor) throws IOException {
    try (OneApp app = new OneApp(webInf, source, executor)) {
      app.handle();
      assertEquals(204, app.status());
    }
  }

  @Test
  void drainOfZeroEndsTasksAtOnce() throws IOException, InterruptedException {
    try (Logged logged = new Logged()) {
      call(STAYS, null);
      List<String> warnings = logged.messages(Level.WARNING);
      assertEquals(1, warnings.size(), warnings.toString());
      Messages.assertSays(warnings.get(0), Rule.TASKS_CUT.code(), "waiting");
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("isthmus-submit")) {
        thread.join(10_000);
        assertFalse(thread.isAlive());
      }
    }
  }

  @Test
  void whatAnExecutorHasAfterTheEndIsOfTheJvmAloneAndDoesNothing() throws IOException {
    List<Runnable> given = new ArrayList<>();
    call(STAYS, given::add);
    assertEquals(1, given.size());
    assertNull(given.get(0).getClass().getClassLoader());
    assertTrue(((Future<?>) given.get(0)).isCancelled());
  }

  @Test
  void executorThatRunsTasksOnTheThreadOfTheRequestHasNoRoom() throws IOException {
    call(REFUSED, Runnable::run);
  }

  @Test
  void threadTakesTheNextTaskWhereTheLogFails() throws IOException {
    List<Runnable> given = new ArrayList<>();
    try (OneApp app = new OneApp(webInf, FAILS, given::add)) {
      for (int call = 0; call < 2; call++) {
        app.handle();
        assertEquals(204, app.status());
        try (Logged logged = new Logged()) {
          logged.fail();
          given.get(call).run();
        }
      }
      app.handle();
      assertEquals(204, app.status());
    }
  }
}
