// A worker whose events cannot be read is killed, and its owner told that it has ended.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the events of a worker may not be. */
@Timeout(60)
class BrokenEventsTest {
  private static final int SIGKILL = 128 + 9;

  /** Records the end; what else happens fails with an Error, as if memory had run out. */
  private static final class Watching implements WorkerProcess.Owner {
    private boolean wasSilent;
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void began(WorkerProcess worker) {}

    @Override
    public void loaded(WorkerProcess worker, int index, String name) {
      throw new OutOfMemoryError("of the test");
    }

    @Override
    public void notLoaded(WorkerProcess worker, int index, List<?> failure) {}

    @Override
    public void opened(WorkerProcess worker, Slot slot) {}

    @Override
    public void dropped(WorkerProcess worker, int slot, List<?> failure) {}

    @Override
    public void silent(WorkerProcess worker) {
      assertEquals(1, ended.getCount());
      wasSilent = true;
    }

    @Override
    public void ended(WorkerProcess worker) {
      ended.countDown();
    }
  }

  @TempDir Path directory;

  /** Starts a process that says this, in the notation of printf, and remains. */
  private WorkerProcess killed(String event) throws Exception {
    return killed(event, "");
  }

  private WorkerProcess killed(String event, String redirection) throws Exception {
    String script = "printf '" + event + "'; exec tail -f /dev/null " + redirection;
    ProcessBuilder remaining = new ProcessBuilder("sh", "-c", script);
    Watching owner = new Watching();
    WorkerProcess worker =
        new WorkerProcess(1, remaining, directory, Map.of("slots", 0), new WorkerLog(), owner);
    try {
      worker.listen();
      assertTrue(owner.ended.await(30, TimeUnit.SECONDS), "it goes on");
      assertTrue(owner.wasSilent);
      assertEquals(SIGKILL, worker.termination.exitCode());
      return worker;
    } finally {
      worker.termination.kill();
      worker.close();
    }
  }

  /** Of 2 GiB less 1, 4 GiB less 1, one octet more than the max, and less than a header. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\177\\377\\377\\377",
        "\\377\\377\\377\\377",
        "\\001\\000\\000\\001",
        "\\000\\000\\000\\007"
      })
  void eventOfImpossibleLengthEndsWorker(String length) throws Exception {
    WorkerProcess worker = killed(length + "\\000\\000\\054\\000");
    assertTrue(
        worker.termination.description().contains("events"), worker.termination.description());
    assertEquals("events", worker.termination.counted(null));
  }

  @Test
  void workerThatClosesItsPipesIsEndedAndTheLogSaysSo() throws Exception {
    WorkerProcess worker = killed("", ">/dev/null");
    assertTrue(
        worker.termination.description().contains("pipes"), worker.termination.description());
    assertFalse(
        worker.termination.description().contains("operator"), worker.termination.description());
    assertEquals("pipes", worker.termination.counted(null));
  }

  @Test
  void errorWhileEventIsFollowedEndsWorker() throws Exception {
    // LOADED, with a tuple of 0 and "a".
    WorkerProcess worker =
        killed(
            "\\000\\000\\000\\030\\000\\000\\051\\000"
                + "(\\002\\000\\000\\000i\\000\\000\\000\\000u\\001\\000\\000\\000a");
    assertTrue(
        worker.termination.description().contains("OutOfMemoryError"),
        worker.termination.description());
  }
}
