package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.isthmus.Messages;
import org.isthmus.WebApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servlets and filters live in the same interpreter. */
class PlacementTest {
  private static final String OWN = "isthmus.interpreter";
  private static final String MIN = "isthmus.pool.min";
  private static final String MAX = "isthmus.pool.max";

  private static Placement placement(String component, Map<String, String> params) {
    Settings settings =
        Settings.of(params, "servlet shop", WebApp.empty().context(), name -> null, name -> null);
    return Placement.of(settings, component);
  }

  @Test
  void sharesByDefault() {
    Placement one = placement("servlet one", Map.of());
    assertFalse(one.isOwn());
    assertFalse(one.isPool());
    assertEquals(one, placement("filter two", Map.of()));
    assertEquals(one.hashCode(), placement("filter two", Map.of()).hashCode());
  }

  @Test
  void timeToWaitForAPoolIsNothingWithoutOne() {
    Map<String, String> waiting = Map.of("isthmus.pool.acquire_timeout", "1");
    assertEquals(placement("servlet one", Map.of()), placement("servlet two", waiting));
    assertNotEquals(
        placement("servlet one", Map.of(MAX, "3")),
        placement("servlet two", Map.of(MAX, "3", "isthmus.pool.acquire_timeout", "1")));
  }

  @Test
  void ownIsEachComponentsOwn() {
    Placement one = placement("servlet one", Map.of(OWN, "own"));
    assertTrue(one.isOwn());
    assertNotEquals(one, placement("servlet two", Map.of(OWN, "own")));
    assertNotEquals(one, placement("servlet one", Map.of()));
    assertEquals(one, placement("servlet one", Map.of(OWN, "own")));
  }

  @Test
  void whatModjysParametersNameIsEachComponentsOwn() {
    Map<String, String> params = Map.of("app_import_name", "shop.Shop()");
    Placement one = placement("servlet one", params);
    assertFalse(one.isOwn());
    assertNotEquals(one, placement("servlet two", params));
    assertEquals(one, placement("servlet one", params));
  }

  @Test
  void equalPoolsAreOnePool() {
    Placement pool = placement("servlet one", Map.of(MAX, "3"));
    assertTrue(pool.isPool());
    assertEquals(1, pool.min());
    assertEquals(3, pool.max());
    assertEquals(pool, placement("servlet two", Map.of(MAX, "3")));
    assertNotEquals(pool, placement("servlet two", Map.of(MAX, "4")));
    assertNotEquals(pool, placement("servlet one", Map.of(MAX, "3", OWN, "own")));
  }

  @ParameterizedTest
  @CsvSource({"3, 2, is 2. ", "2, , 'not set, so there is no pool. Set isthmus.pool.max'"})
  void refusesSizesThatDoNotFit(String min, String max, String message) {
    Map<String, String> params = max == null ? Map.of(MIN, min) : Map.of(MIN, min, MAX, max);
    WsgiException broken =
        assertThrows(WsgiException.class, () -> placement("servlet one", params));
    assertEquals(Rule.POOL_SIZES, broken.rule());
    Messages.assertSays(broken.getMessage(), MIN + " is " + min, MAX, message);
  }
}
