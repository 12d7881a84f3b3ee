// The environment variables of workers: the container's, without what is its own affair.
package org.isthmus.engine.cpython;

import java.util.List;
import java.util.Map;

/**
 * Applications are configured by variables of the container's start script, so these stay. What
 * leads Java, its container or another Python does not: LD_LIBRARY_PATH of a JVM can break a
 * worker, PYTHONPATH of a host its imports, and options of Java's may have passwords.
 */
final class WorkerEnvironment {
  private static final List<String> PREFIXES =
      List.of("JAVA", "JDK_", "JRE_", "CATALINA_", "TOMCAT_", "JETTY_", "LD_", "DYLD_", "ISTHMUS_");

  private static final List<String> NAMES =
      List.of(
          "CLASSPATH",
          "JSSE_OPTS",
          "LOGGING_CONFIG",
          "LOGGING_MANAGER",
          "PYTHONHOME",
          "PYTHONINSPECT",
          "PYTHONPATH",
          "PYTHONPLATLIBDIR",
          "PYTHONSTARTUP",
          "PYTHONEXECUTABLE",
          "__PYVENV_LAUNCHER__",
          "_");

  private WorkerEnvironment() {}

  /**
   * Cleans variables in place.
   *
   * @param added what settings add, which wins
   */
  static void clean(Map<String, String> variables, Map<String, String> added) {
    variables.keySet().removeIf(WorkerEnvironment::isContainers);
    variables.putAll(added);
  }

  private static boolean isContainers(String name) {
    return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
