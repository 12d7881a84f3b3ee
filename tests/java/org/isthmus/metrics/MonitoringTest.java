package org.isthmus.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isthmus.Fake;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Observer;
import org.junit.jupiter.api.Test;

/** When a web application is ready. */
class MonitoringTest {
  private final ServletContext context =
      Fake.of(ServletContext.class, new JmxBeansTest.Context("host"));
  private final Monitoring monitoring = Monitoring.of(context);
  private final WsgiApp shop = Fake.of(WsgiApp.class, new JmxBeansTest.Shop());

  @Test
  void withoutApplicationsItIsNot() {
    assertFalse(monitoring.isReady());
  }

  @Test
  void whenEachOfThemIsLoadedItIs() {
    AppMetrics one = monitoring.begin("one", true);
    AppMetrics other = monitoring.begin("other", true);
    one.ready(shop, 1);
    assertFalse(monitoring.isReady());
    other.ready(shop, 1);
    assertTrue(monitoring.isReady());
  }

  @Test
  void withOneThatCouldNotBeLoadedItIsNot() {
    monitoring.begin("one", true).ready(shop, 1);
    monitoring.begin("other", true).notLoaded(Rule.INIT_FAILED, "text");
    assertFalse(monitoring.isReady());
  }

  @Test
  void atTheEndItIsNot() {
    AppMetrics app = monitoring.begin("one", true);
    app.ready(shop, 1);
    monitoring.stopping();
    assertFalse(monitoring.isReady());
    monitoring.drop(app);
    assertFalse(monitoring.isReady());
    assertEquals(List.of(), monitoring.apps());
  }

  /** Servlets that start with their first request: the last has left while another one came. */
  @Test
  void whatEndsTakesNothingOfWhatHasCome() {
    List<List<String>> rows = List.of(List.of("isthmus.app", "shop:app", "the init-param"));
    AppMetrics before = monitoring.begin("shop", true);
    before.ready(shop, 1);
    monitoring.settled(before);
    monitoring.show("servlet shop", rows);
    monitoring.stopping();
    AppMetrics after = monitoring.begin("shop", true);
    after.ready(shop, 1);
    monitoring.settled(after);
    monitoring.show("servlet shop", new ArrayList<>(rows));
    monitoring.drop(before);
    monitoring.hide("servlet shop", rows);
    assertEquals(List.of(after), monitoring.apps());
    assertTrue(monitoring.isReady());
    assertEquals(Map.of("servlet shop", rows), monitoring.settings());
  }

  @Test
  void whereNothingIsCountedNobodyIsTold() {
    assertSame(Observer.NONE, monitoring.begin("one", false).observer());
  }

  @Test
  void onlyTheLastFailuresAreKept() {
    AppMetrics app = monitoring.begin("one", true);
    for (int i = 0; i < 120; i++) {
      app.failed(Rule.EXIT_FAILED, "number " + i + "x".repeat(10_000));
    }
    List<Incidents.Incident> kept = monitoring.incidents().list();
    assertEquals(50, kept.size());
    assertTrue(kept.get(0).text().startsWith("number 119"));
    assertTrue(kept.get(0).text().length() < 9000);
    assertEquals(120L, app.errors().get(Rule.EXIT_FAILED.code()));
  }

  @Test
  void whatIsToldAgainIsCounted() {
    AppMetrics one = monitoring.begin("one", true);
    AppMetrics two = monitoring.begin("two", true);
    one.failed(Rule.EXIT_FAILED, "first");
    for (int i = 0; i < 1000; i++) {
      one.failed(Rule.TOO_MANY_REQUESTS, "all at work");
      two.failed(Rule.TOO_MANY_REQUESTS, "all at work");
    }
    one.failed(Rule.EXIT_FAILED, "second");
    one.failed(Rule.EXIT_FAILED, "first");
    List<String> kept = new ArrayList<>();
    for (Incidents.Incident each : monitoring.incidents().list()) {
      kept.add(each.times() + " " + each.app() + " " + each.text());
    }
    assertEquals(
        List.of("2 one first", "1 one second", "1000 two all at work", "1000 one all at work"),
        kept);
  }
}
