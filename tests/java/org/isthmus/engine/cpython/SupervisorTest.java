package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

  /** Says NOT_LOADED, with the marshal of (0, "MODULE_FAILED", ["shop", "why"], ""). */
  private static final String NOT_LOADED =
      " printf '\\0\\0\\0\\077\\0\\0\\052\\0(\\004\\0\\0\\0i\\0\\0\\0\\0u\\015\\0\\0\\0MODULE_FAILED';"
          + " printf '[\\002\\0\\0\\0u\\004\\0\\0\\0shopu\\003\\0\\0\\0whyu\\0\\0\\0\\0';";

  @TempDir Path directory;

  private Supervisor.Start running(String script) {
    return new ScriptedWorkers(directory, script, 0);
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

  /** They have one thread for all of them. */
  @Test
  void othersAreLookedAfterWhileWorkerIsAborted() throws Exception {
    Members members = new Members();
    try (WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      String script = "trap '' ABRT; printf '" + TASKS + "'; exec tail -f /dev/null";
      Supervisor supervisor = started(members, script, scheduler);
      WorkerProcess worker = first(members, 17);
      CompletableFuture<Boolean> wasThere = new CompletableFuture<>();
      scheduler.run(() -> worker.termination.abort(scheduler, "timeout", "of the test"), 0);
      scheduler.run(() -> wasThere.complete(!members.list().get(0).ended), 0);
      assertTrue(wasThere.get());
      awaited(members::isEmpty);
      supervisor.close();
    }
  }

  @Test
  void workerForWhichTheApplicationWaitsIsNotSaidToBeReplaced() {
    try (Logged logged = new Logged();
        WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Recycling never = new Recycling(null, null);
      Supervisor supervisor =
          new Supervisor(new Members(), running("exit 3"), 1, never, 60_000, scheduler);
      WsgiException failure =
          assertThrows(WsgiException.class, () -> supervisor.load(Map.of("app", "app")));
      Messages.assertSays(failure.getMessage(), Rule.WORKER_START.code(), "exit code 3");
      supervisor.close();
      assertEquals(List.of(), logged.messages(Level.SEVERE));
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

  @Test
  void logSaysWhyWorkerWasKilled() {
    Members members = new Members();
    try (Logged logged = new Logged();
        WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Supervisor supervisor = serving(members, new Recycling(null, null), serving(), scheduler);
      Member member = members.list().get(0);
      member.answered = true; // so it is replaced, rather than its replacement awaited
      member.worker.termination.abort(scheduler, "start_timeout", "of the test");
      awaited(() -> !logged.messages(Level.SEVERE).isEmpty());
      String message = logged.messages(Level.SEVERE).get(0);
      Messages.assertSays(message, Rule.WORKER_ENDED.code(), "because of the test");
      assertEquals(Map.of("start_timeout", 1L), supervisor.status().exits());
      end(members, supervisor);
    }
  }

  @Test
  void loopOfWorkersThatCannotLoadTheApplicationNamesTheImport() {
    Members members = new Members();
    try (Logged logged = new Logged();
        WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Supervisor.Start first = serving();
      Supervisor.Start others = running(ScriptedWorkers.HELLO + NOT_LOADED + ScriptedWorkers.STAY);
      Supervisor.Start start =
          (number, owner) -> (number == 0 ? first : others).start(number, owner);
      Supervisor supervisor = serving(members, new Recycling(null, null), start, scheduler);
      ProcessHandle.of(members.list().get(0).worker.pid()).orElseThrow().destroyForcibly();
      awaited(() -> records(logged, Rule.WORKER_LOOP).size() == 1);
      String code = Rule.MODULE_FAILED.code();
      Messages.assertSays(records(logged, Rule.WORKER_LOOP).get(0), code, "'shop'");
      assertEquals(1, records(logged, Rule.WORKER_ENDED).size()); // that of the first
      end(members, supervisor);
    }
  }

  private static List<String> records(Logged logged, Rule rule) {
    return logged.messages(Level.SEVERE).stream()
        .filter(text -> text.startsWith(rule.code()))
        .collect(Collectors.toList());
  }

  @Test
  void workerThatNeverBeginsIsReplaced() {
    Members members = new Members();
    try (Logged logged = new Logged();
        WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Supervisor.Start good = serving();
      Supervisor.Start stuck = running("exec tail -f /dev/null");
      Supervisor.Start start = (number, owner) -> (number == 1 ? stuck : good).start(number, owner);
      Recycling never = new Recycling(null, null);
      Supervisor supervisor = new Supervisor(members, start, 1, never, 5_000, scheduler);
      supervisor.load(Map.of());
      WorkerProcess first = members.list().get(0).worker;
      ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
      awaited(() -> records(logged, Rule.WORKER_ENDED).size() == 2);
      Messages.assertSays(records(logged, Rule.WORKER_ENDED).get(1), "start_timeout");
      awaited(() -> members.have(0) && members.list().get(0).worker != first);
      end(members, supervisor);
    }
  }

  @Test
  void groupKeepsItsWorkersIfOneEndsAtASecondApplication() {
    Members members = new Members();
    try (WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Supervisor supervisor = serving(members, new Recycling(null, null), serving(), scheduler);
      WorkerProcess worker = members.list().get(0).worker;
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      Thread loading = new Thread(() -> failure.complete(refused(supervisor)));
      loading.start();
      awaited(() -> loading.getState() == Thread.State.TIMED_WAITING);
      worker.termination.kill();
      Messages.assertSays(failure.join().getMessage(), Rule.WORKER_START.code());
      awaited(() -> members.have(0) && members.list().get(0).worker != worker);
      end(members, supervisor);
    }
  }

  private static List<?> failure(String module) {
    return List.of(Rule.MODULE_FAILED.name(), List.of(module, "why"), "");
  }

  /** Loads a second application, whose outcome the test decides. */
  private static CompletableFuture<String> loading(Supervisor supervisor) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread loading =
        new Thread(
            () -> {
              try {
                outcome.complete(supervisor.load(Map.of()).getValue());
              } catch (WsgiException e) {
                outcome.complete(e.getMessage());
              }
            });
    loading.setDaemon(true);
    loading.start();
    awaited(() -> loading.getState() == Thread.State.TIMED_WAITING);
    return outcome;
  }

  @Test
  void importThatFailsInEachWorkerEndsNone() {
    Members members = new Members();
    try (WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Recycling never = new Recycling(null, null);
      Supervisor supervisor = new Supervisor(members, serving(), 2, never, 60_000, scheduler);
      supervisor.load(Map.of());
      awaited(() -> members.list().stream().filter(each -> each.loaded.get(0)).count() == 2);
      List<Member> both = members.list();
      CompletableFuture<String> second = loading(supervisor);
      both.forEach(each -> supervisor.notLoaded(each.worker, 1, failure("cart")));
      Messages.assertSays(second.join(), Rule.MODULE_FAILED.code(), "cart");
      both.forEach(each -> assertNull(each.broken));
      end(members, supervisor);
    }
  }

  @Test
  void workerThatIsBrokenForOneApplicationDoesNotFailAnother() {
    Members members = new Members();
    try (WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Supervisor supervisor = serving(members, new Recycling(null, null), serving(), scheduler);
      WorkerProcess broken = members.list().get(0).worker;
      CompletableFuture<String> second = loading(supervisor);
      supervisor.notLoaded(broken, 0, failure("shop"));
      awaited(() -> members.have(0) && members.list().get(0).worker != broken);
      supervisor.loaded(members.list().get(0).worker, 1, "cart:app");
      assertEquals("cart:app", second.join());
      end(members, supervisor);
    }
  }

  private static Throwable refused(Supervisor supervisor) {
    return assertThrows(WsgiException.class, () -> supervisor.load(Map.of()));
  }

  @Test
  void errorWhereProcessIsStartedIsTold() {
    try (WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      Supervisor.Start failing =
          (number, owner) -> {
            throw new OutOfMemoryError("unable to create native thread");
          };
      Recycling never = new Recycling(null, null);
      Supervisor supervisor = new Supervisor(new Members(), failing, 1, never, 60_000, scheduler);
      Messages.assertSays(refused(supervisor).getMessage(), Rule.WORKER_START.code(), "native");
      supervisor.close();
    }
  }

  /** Its replacement has not loaded the application yet: it goes on to serve. */
  @Test
  void crashOfWorkerThatIsToBeReplacedIsLoggedAndCounted() {
    Members members = new Members();
    try (Logged logged = new Logged();
        WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      CountDownLatch ended = new CountDownLatch(1);
      Supervisor.Start start = (number, owner) -> serving(number, owner, ended);
      Supervisor supervisor = serving(members, new Recycling(1, null), start, scheduler);
      Member member = members.list().get(0);
      synchronized (members) {
        supervisor.served(member);
        assertTrue(member.leaving);
      }
      ProcessHandle.of(member.worker.pid()).orElseThrow().destroyForcibly();
      awaited(() -> !logged.messages(Level.SEVERE).isEmpty());
      Messages.assertSays(logged.messages(Level.SEVERE).get(0), Rule.WORKER_ENDED.code());
      assertEquals(Map.of("signal 9", 1L), supervisor.status().exits());
      assertEquals(1, supervisor.status().restarts());
      ended.countDown();
      awaited(() -> members.staying() == 1);
      end(members, supervisor);
    }
  }

  /** Ends a group whose workers do not follow commands. */
  private static void end(Members members, Supervisor supervisor) {
    members.close();
    members.list().forEach(member -> member.worker.termination.kill());
    supervisor.close();
  }

  private Supervisor.Start serving() {
    return running(ScriptedWorkers.HELLO + ScriptedWorkers.LOADED + ScriptedWorkers.STAY);
  }

  /** Starts the first worker at once, and another one when the first has ended. */
  private WorkerProcess serving(int number, WorkerProcess.Owner owner, CountDownLatch ended)
      throws IOException {
    try {
      assertTrue(number == 0 || ended.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return serving().start(number, owner);
  }

  /** Starts a group of one worker, which has loaded an application. */
  private static Supervisor serving(
      Members members, Recycling recycling, Supervisor.Start start, WorkerScheduler scheduler) {
    Supervisor supervisor = new Supervisor(members, start, 1, recycling, 60_000, scheduler);
    supervisor.load(Map.of());
    return supervisor;
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
