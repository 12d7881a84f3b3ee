package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentTest {
  @Test
  void whatLeadsJavaOrAnotherPythonIsLeftOut() {
    Map<String, String> variables = new HashMap<>();
    for (String name :
        new String[] {
          "PATH", "HOME", "DATABASE_URL", "PYTHONHASHSEED", "JAVA_OPTS", "JAVA_HOME",
          "CATALINA_BASE", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "ISTHMUS_APP", "CLASSPATH"
        }) {
      variables.put(name, "old");
    }
    WorkerEnvironment.clean(variables, Map.of("HOME", "new", "LD_PRELOAD", "asked for"));
    assertEquals(
        Map.of(
            "PATH", "old",
            "HOME", "new",
            "DATABASE_URL", "old",
            "PYTHONHASHSEED", "old",
            "LD_PRELOAD", "asked for"),
        variables);
  }
}
