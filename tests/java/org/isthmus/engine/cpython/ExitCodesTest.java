// How the end of a worker is described, and counted.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.isthmus.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {
  @ParameterizedTest
  @CsvSource({
    "SIGHUP, 1",
    "SIGUSR1, 10",
    "SIGALRM, 14",
    "SIGSEGV, 11",
    "'', 64",
  })
  void signalIsNamed(String name, int number) {
    Messages.assertSays(ExitCodes.described(128 + number), "signal " + number, name);
    assertEquals("signal " + number, ExitCodes.counted(128 + number));
  }

  @Test
  void otherCodesAreTheApplications() {
    for (int code : new int[] {0, 1, 128, 193, 255}) {
      assertEquals("exit code " + code, ExitCodes.described(code));
      assertEquals("exit " + code, ExitCodes.counted(code));
    }
  }
}
