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
   * @return their output, which is empty if all was well
   */
  public static String run(Class<?> type, Object... arguments) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(start(type, arguments));
    }
    StringBuilder output = new StringBuilder();
    for (Process process : processes) {
      try {
        byte[] octets = process.getInputStream().readAllBytes();
        output.append(new String(octets, StandardCharsets.UTF_8));
        if (!process.waitFor(LIMIT, TimeUnit.SECONDS)) {
          output.append("it does not end");
        }
      } finally {
        process.destroyForcibly();
      }
    }
    return output.toString();
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
