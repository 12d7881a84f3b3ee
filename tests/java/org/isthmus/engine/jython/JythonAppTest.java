package org.isthmus.engine.jython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.isthmus.Logged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.python.core.Py;
import org.python.core.PySystemState;

/** What a call leaves on the container's thread. */
class JythonAppTest {
  private static final String APP =
      """
      import sys
      def application(environ, start_response):
          start_response('204 No Content', [])
          sys.stdout.write('a line without an end')
          return []
      """;

  @Test
  void threadIsAsItWasWhereTheLogFailsAtTheEnd(@TempDir Path webInf) throws IOException {
    try (OneApp app = new OneApp(webInf, APP, null)) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      PySystemState stateBefore = Py.getSystemState();
      try (Logged logged = new Logged()) {
        logged.fail();
        assertThrows(IllegalStateException.class, app::handle);
      }
      assertEquals(204, app.status());
      assertSame(before, thread.getContextClassLoader());
      assertSame(stateBefore, Py.getSystemState());
    }
  }
}
