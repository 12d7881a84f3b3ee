// Which processes are killed, and which are not.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The processes are real; their ids are those of others once they have ended. */
class TerminationTest {
  /** Fails where its id is used. */
  private static final class WithoutId extends Process {
    private final Process real;

    WithoutId(String... command) throws Exception {
      real = new ProcessBuilder(command).start();
    }

    @Override
    public long pid() {
      throw new IllegalStateException("that of another process");
    }

    @Override
    public Stream<ProcessHandle> descendants() {
      throw new IllegalStateException("those of another process");
    }

    @Override
    public ProcessHandle toHandle() {
      return real.toHandle();
    }

    @Override
    public OutputStream getOutputStream() {
      return real.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return real.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return real.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
      return real.waitFor();
    }

    @Override
    public int exitValue() {
      return real.exitValue();
    }

    @Override
    public void destroy() {
      real.destroy();
    }
  }

  @Test
  void whoeverHasTheIdOfAProcessThatHasEndedIsLeftAlone() throws Exception {
    WithoutId process = new WithoutId("true");
    assertEquals(0, process.waitFor());
    Termination termination = new Termination(process);
    try (WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      termination.kill();
      termination.abort(scheduler, "timeout", "of the test");
    }
  }

  @Test
  void processIsKilledEvenIfItsDescendantsAreNotFound() throws Exception {
    WithoutId process = new WithoutId("sleep", "300");
    assertThrows(IllegalStateException.class, new Termination(process)::kill);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(ExitCodes.KILLED, process.exitValue());
  }
}
