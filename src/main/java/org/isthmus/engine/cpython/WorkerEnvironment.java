// The environment variables of workers: the container's, except those that configure Java.
package org.isthmus.engine.cpython;

import java.util.List;
import java.util.Map;

/**
 * Variables of the container's start script stay, because they may configure the application. Those
 * that configure Java, the container or another Python do not: a JVM's LD_LIBRARY_PATH can break a
 * worker, PYTHONPATH its imports, and Java's options may contain passwords.
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
   * Removes and adds variables in place.
   *
   * @param added the variables of a setting; these take precedence
   */
  static void clean(Map<String, String> variables, Map<String, String> added) {
    variables.keySet().removeIf(WorkerEnvironment::isContainers);
    variables.putAll(added);
  }

  private static boolean isContainers(String name) {
    return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
