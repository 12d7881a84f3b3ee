// Processes that do the same in one directory at once, for tests of what they share.
package org.isthmus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Each is a JVM with the class path of the test. */
public final class Contenders {
  private static final int LIMIT = 300;

  private Contenders() {}

  /**
   * Runs a class's main method in two processes at once.
   *
   * @return what they have said, which is nothing if all was well
   */
  public static String run(Class<?> type, Object... arguments) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(start(type, arguments));
    }
    StringBuilder said = new StringBuilder();
    for (Process process : processes) {
      try {
        byte[] output = process.getInputStream().readAllBytes();
        said.append(new String(output, StandardCharsets.UTF_8));
        if (!process.waitFor(LIMIT, TimeUnit.SECONDS)) {
          said.append("it does not end");
        }
      } finally {
        process.destroyForcibly();
      }
    }
    return said.toString();
  }

  private static Process start(Class<?> type, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(type.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
