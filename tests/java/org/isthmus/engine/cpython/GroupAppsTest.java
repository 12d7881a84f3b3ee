package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;

/** When a worker has taken too long to start: not if what it was to load cannot be loaded. */
class GroupAppsTest {
  private final GroupApps apps = new GroupApps();
  private final Member member = new Member(null, 0, Long.MAX_VALUE);
  private final int shop = apps.add(Map.of("app", "shop:app"));

  private void fail(int index) {
    apps.failed(index, new WsgiException(Rule.WORKER_START, "as the test wants"));
    assertThrows(WsgiException.class, () -> apps.await(index, 1));
  }

  @Test
  void workerThatHasNotLoadedWhatAnotherHasIsLate() {
    apps.succeeded(shop, "shop:app");
    assertTrue(apps.isLate(member));
  }

  @Test
  void workerForWhoseFirstImportTheApplicationWaitsIsNot() {
    assertFalse(apps.isLate(member));
  }

  @Test
  void workerThatHasLoadedAnApplicationIsNot() {
    member.loaded.set(shop);
    assertFalse(apps.isLate(member));
  }

  @Test
  void workerWhoseImportsHaveAllFailedIsNot() {
    fail(shop);
    assertFalse(apps.isLate(member));
  }

  @Test
  void workerThatStillHasOneToLoadIs() {
    int cart = apps.add(Map.of("app", "cart:app"));
    fail(shop);
    apps.succeeded(cart, "cart:app");
    assertTrue(apps.isLate(member));
  }
}
