// What a worker may not answer: CPythonApp ends a worker that has.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Exchanges;
import org.isthmus.exchange.Failures;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames are in the notation of printf; docs/worker-protocol.md says what they may be. */
@Timeout(60)
class BrokenAnswersTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // FULL whose head would have 4 GiB less 1.
        "\\0\\0\\0\\020\\0\\0\\012\\0\\0\\0\\0\\0\\377\\377\\377\\377",
        // Less than a header.
        "\\0\\0\\0\\007\\0\\0\\013\\0",
        // An unknown kind.
        "\\0\\0\\0\\010\\0\\0\\143\\0",
        // HEAD, WANT and FILE without what they must have.
        "\\0\\0\\0\\010\\0\\0\\013\\0",
        "\\0\\0\\0\\014\\0\\0\\017\\0\\0\\0\\0\\0",
        "\\0\\0\\0\\022\\0\\0\\022\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0",
        // HEAD with a name that has no value.
        "\\0\\0\\0\\030\\0\\0\\013\\0\\0\\0\\0\\0\\0\\0\\0\\000200 OK\\0A",
        // RETURNED with an octet.
        "\\0\\0\\0\\011\\0\\0\\031\\0\\0",
        // WARN of a rule that there is not.
        "\\0\\0\\0\\011\\0\\0\\021\\0x",
        // FAILED: no marshal; None; (); ("x", (), "", "").
        "\\0\\0\\0\\015\\0\\0\\016\\0\\0\\0\\0\\0x",
        "\\0\\0\\0\\015\\0\\0\\016\\0\\0\\0\\0\\0N",
        "\\0\\0\\0\\021\\0\\0\\016\\0\\0\\0\\0\\0(\\0\\0\\0\\0",
        "\\0\\0\\0\\046\\0\\0\\016\\0\\0\\0\\0\\0(\\004\\0\\0\\0u\\001\\0\\0\\0x(\\0\\0\\0\\0"
            + "u\\0\\0\\0\\0u\\0\\0\\0\\0",
        // CHECK: a list, and a text, of 2 GiB less 1; [None].
        "\\0\\0\\0\\015\\0\\0\\020\\0[\\377\\377\\377\\177",
        "\\0\\0\\0\\022\\0\\0\\020\\0[\\001\\0\\0\\0u\\377\\377\\377\\177",
        "\\0\\0\\0\\016\\0\\0\\020\\0[\\001\\0\\0\\0N",
        // CALL and CHAIN: [None].
        "\\0\\0\\0\\016\\0\\0\\023\\0[\\001\\0\\0\\0N",
        "\\0\\0\\0\\016\\0\\0\\030\\0[\\001\\0\\0\\0N"
      })
  void answerIsRefused(String frame) throws Exception {
    String answers = " printf '" + frame + "' >p0;";
    String hello = ScriptedWorkers.HELLO + ScriptedWorkers.LOADED;
    String script = hello + answers + ScriptedWorkers.STAY;
    Members members = new Members();
    try (WorkerScheduler scheduler = new WorkerScheduler(getClass().getClassLoader())) {
      ScriptedWorkers workers = new ScriptedWorkers(directory, script, 1);
      Recycling never = new Recycling(null, null);
      Supervisor supervisor = new Supervisor(members, workers, 1, never, 60_000, scheduler);
      supervisor.load(Map.of());
      Exchange exchange = Exchanges.get("/");
      Slot slot = new SlotPool(members, supervisor, 1).take(0, false, exchange);
      Failures failures = new Failures("app", Raised::text);
      Conversation conversation = new Conversation(slot, exchange, failures);
      assertThrows(BadFrame.class, conversation::run);
      members.close();
      slot.worker.termination.kill();
      supervisor.close();
    }
  }
}
