package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interpreters that do not answer. */
class PythonProbeTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path directory;

  private Path program(String... lines) throws IOException {
    Path file = directory.resolve("python3");
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void oneThatHangsIsRefusedAndEndedWithItsChildren() throws IOException {
    Path pids = directory.resolve("pids");
    Path hanging = program("sleep 300 &", "echo $$ $! > '" + pids + "'", "wait");
    Duration limit = Duration.ofSeconds(2);
    PythonProbe probe = assertTimeoutPreemptively(LONG, () -> PythonProbe.of(hanging, limit));
    assertEquals("it does not answer", probe.refusal());
    List<String> started = List.of(Files.readString(pids).strip().split(" "));
    assertEquals(2, started.size());
    assertTimeoutPreemptively(
        LONG,
        () -> {
          while (started.stream().anyMatch(PythonProbeTest::isAlive)) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void oneWhoseChildKeepsItsOutputOpenHasAnswered() throws IOException {
    Path pid = directory.resolve("pid");
    Path answers =
        program("sleep 300 &", "echo $! > '" + pid + "'", "echo 'cpython 3 13 .so x86_64'");
    try {
      PythonProbe probe = assertTimeoutPreemptively(LONG, () -> PythonProbe.of(answers));
      assertEquals(13, probe.minor());
    } finally {
      String child = Files.readString(pid).strip();
      ProcessHandle.of(Long.parseLong(child)).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
