package org.isthmus.engine.jython;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.python.core.PySystemState;

/** What a Jython that outlives an interpreter would keep of it. */
class ShutdownHooksTest {
  private static final String APP = "def application(environ, start_response): pass";

  @Test
  void interpreterIsInNoListOfJythons(@TempDir Path webInf) throws Exception {
    try (OneApp app = new OneApp(webInf, APP, null)) {
      PySystemState other = new PySystemState();
      assertTrue(isListed(other));
      other.cleanup();
      assertFalse(isListed(app.system()));
    }
  }

  /** Returns whether Jython would close the files of an interpreter that nobody has closed. */
  private static boolean isListed(PySystemState state) throws ReflectiveOperationException {
    ConcurrentMap<?, ?> closers =
        (ConcurrentMap<?, ?>)
            MethodHandles.privateLookupIn(PySystemState.class, MethodHandles.lookup())
                .findStaticVarHandle(PySystemState.class, "sysClosers", ConcurrentMap.class)
                .get();
    return closers.keySet().stream().anyMatch(key -> ((Reference<?>) key).get() == state);
  }
}
