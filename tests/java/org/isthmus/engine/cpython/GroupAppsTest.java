package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;

/** What another worker has loaded, each has to: one is late, or broken, only for that. */
class GroupAppsTest {
  private final GroupApps apps = new GroupApps();
  private final Member member = new Member(null, 0, Long.MAX_VALUE);
  private final int shop = apps.add(Map.of("app", "shop:app"));

  private static WsgiException failure() {
    return new WsgiException(Rule.WORKER_START, "as the test wants");
  }

  private void fail(int index) {
    apps.failed(index, failure());
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

  @Test
  void applicationThatFailsInEachWorkerBreaksNone() {
    assertTrue(apps.failed(shop, failure()));
    assertTrue(apps.isNone());
    assertTrue(apps.failed(shop, failure()));
  }

  @Test
  void applicationThatAnotherHasLoadedBreaksTheWorkerInWhichItFails() {
    apps.succeeded(shop, "shop:app");
    assertFalse(apps.failed(shop, failure()));
    assertFalse(apps.isNone());
  }
}
