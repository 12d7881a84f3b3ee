package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;

/** What is known of the interpreters of a generation. */
class InterpretersTest {
  private static final AppSpec SPEC =
      new AppSpec("shop:application", List.of(), true, false, Map.of(), Map.of(), null);
  private static final Path SHOP = Path.of("/web/app/shop.py");

  private boolean isInside;
  private final Interpreters interpreters = new Interpreters(new Failing());

  /** An engine whose interpreters have imported one module, and can import no application. */
  private final class Failing implements Engine {
    @Override
    public Interpreter interpreter() {
      return new Interpreter() {
        @Override
        public WsgiApp load(AppSpec spec) {
          throw new WsgiException(Rule.MODULE_FAILED, spec.app(), "");
        }

        @Override
        public Set<Path> files() {
          return Set.of(SHOP);
        }

        @Override
        public boolean hasThisThread() {
          return isInside;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  @Test
  void filesAreThoseOfOpenOnes() {
    Interpreter one = interpreters.interpreter();
    assertEquals(Set.of(SHOP), interpreters.files());
    one.close();
    assertEquals(Set.of(), interpreters.files());
  }

  @Test
  void filesOfAnImportThatFailedAreKnownAfterItsEnd() {
    Interpreter one = interpreters.interpreter();
    assertThrows(WsgiException.class, () -> one.load(SPEC));
    one.close();
    assertEquals(Set.of(SHOP, SHOP.getParent()), interpreters.files());
  }

  @Test
  void threadIsInsideOfAnyOfThemThatIsOpen() {
    Interpreter one = interpreters.interpreter();
    assertFalse(interpreters.hasThisThread());
    isInside = true;
    assertTrue(interpreters.hasThisThread());
    one.close();
    assertFalse(interpreters.hasThisThread());
  }
}
