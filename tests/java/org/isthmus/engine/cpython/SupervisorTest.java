package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.isthmus.Logged;
import org.isthmus.Messages;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group whose worker neither begins nor ends when it should. */
class SupervisorTest {
  /** The frame, with the marshal of (7.5,), as printf takes it. */
  private static final String TASKS =
      "\\0\\0\\0\\026\\0\\0\\060\\0(\\001\\0\\0\\0g\\0\\0\\0\\0\\0\\0\\036\\100";

  /** Says HELLO, prints 300 lines as C code does, and crashes. */
  private static final String CRASHING =
      "mkfifo q o e; printf '\\0\\0\\0\\015\\0\\0\\050\\0(\\0\\0\\0\\0'; exec 2>e;"
          + " seq -f 'line %g of a stack, in some/file.py' 300 >&2; kill -SEGV $$";

  @TempDir Path directory;

  private Supervisor.Start running(String script) {
    return (number, owner) -> {
      Path pipes = Files.createDirectory(directory.resolve(Integer.toString(number)));
      ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
      builder.directory(pipes.toFile());
      return new WorkerProcess(number, builder, pipes, Map.of("slots", 0), new WorkerLog(), owner);
    };
  }

  @Test
  void logNamesTheWorkerThatDoesNotEnd() throws InterruptedException {
    assertEndIsLogged("exec sleep 300", 10);
  }

  @Test
  void workerWithTasksGetsTheTimeThatItHasAskedFor() throws InterruptedException {
    assertEndIsLogged("printf '" + TASKS + "'; exec sleep 300", 17);
  }

  @Test
  void workerThatAsksWhileItIsEndingGetsItToo() throws InterruptedException {
    Members members = new Members();
    try (WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      String script = "sleep 0.5; printf '" + TASKS + "'; sleep 4";
      Supervisor supervisor = started(members, script, scheduler);
      WorkerProcess worker = first(members, 10);
      members.close();
      // As if it had been told to end seven seconds ago: three of ten are left.
      long begun = System.nanoTime() - TimeUnit.SECONDS.toNanos(7);
      assertTrue(GroupShutdown.hasEnded(worker, begun));
      supervisor.close();
    }
  }

  @Test
  void whatCrashHasPrintedIsLoggedBeforeItsEnd() {
    Members members = new Members();
    Logger printed = Logger.getLogger("org.isthmus.python.stderr");
    // As slow as a log can be: nothing is logged before the group has heard of the end.
    printed.setFilter(record -> members.haveEnded() || awaited(members::haveEnded));
    try (Logged logged = new Logged();
        WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Supervisor supervisor = started(members, CRASHING, scheduler);
      String code = Rule.WORKER_ENDED.code();
      awaited(() -> logged.messages().stream().anyMatch(text -> text.contains(code)));
      List<String> before =
          logged.messages().stream()
              .takeWhile(text -> !text.contains(code))
              .filter(text -> text.startsWith("line "))
              .collect(Collectors.toList());
      assertEquals(300, before.size());
      assertTrue(before.get(299).startsWith("line 300 "), before.get(299));
      supervisor.close();
    } finally {
      printed.setFilter(null);
    }
  }

  private static boolean awaited(BooleanSupplier condition) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
          }
        });
    return true;
  }

  private Supervisor started(Members members, String script, WorkerScheduler scheduler) {
    Recycling never = new Recycling(null, null);
    Supervisor supervisor = new Supervisor(members, running(script), 1, never, 1, scheduler);
    assertThrows(WsgiException.class, () -> supervisor.load(Map.of()));
    return supervisor;
  }

  /** Returns the worker as soon as it has so many seconds to end, or more. */
  private static WorkerProcess first(Members members, int seconds) {
    awaited(() -> !members.isEmpty() && members.list().get(0).worker.exitMs / 1000 >= seconds);
    return members.list().get(0).worker;
  }

  private void assertEndIsLogged(String script, int seconds) throws InterruptedException {
    Members members = new Members();
    try (Logged logged = new Logged();
        WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Supervisor supervisor = started(members, script, scheduler);
      WorkerProcess worker = first(members, seconds);
      // So that nobody waits for the time that its exit functions have.
      Thread.currentThread().interrupt();
      supervisor.close();
      assertTrue(Thread.interrupted());
      assertTrue(worker.await(1));
      assertEquals(1, logged.messages(Level.WARNING).size());
      String message = logged.messages(Level.WARNING).get(0);
      Messages.assertSays(message, Rule.EXIT_FAILED.code(), seconds + " seconds");
      String cause = logged.thrown(Level.WARNING).get(0).getMessage();
      Messages.assertSays(cause, "worker process " + worker.pid());
    }
  }
}
