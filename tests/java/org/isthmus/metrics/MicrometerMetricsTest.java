package org.isthmus.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletContext;
import java.util.List;
import org.isthmus.Fake;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.junit.jupiter.api.Test;

/** Which meters there are while applications come and go; embedded programs show the others. */
class MicrometerMetricsTest {
  private final ServletContext context =
      Fake.of(ServletContext.class, new JmxBeansTest.Context("host"));
  private final Monitoring monitoring = Monitoring.of(context);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final WsgiApp shop = Fake.of(WsgiApp.class, new JmxBeansTest.Shop());

  private static PoolUse five() {
    return new PoolUse(5, () -> 2, () -> 1);
  }

  private List<Double> pool() {
    return List.of("max", "size", "busy").stream()
        .flatMap(name -> registry.find("isthmus.pool." + name).gauges().stream())
        .map(gauge -> gauge.value())
        .toList();
  }

  @Test
  void applicationThatIsMendedHasAPoolAfterAll() {
    new MicrometerMetrics(context).bindTo(registry);
    AppMetrics app = monitoring.begin("shop", true);
    app.notLoaded(Rule.RELOAD_FAILED, "not yet");
    monitoring.settled(app);
    assertEquals(List.of(), pool());
    app.placed(2, five());
    app.ready(shop, 1);
    assertEquals(List.of(5.0, 2.0, 1.0), pool());
    app.placed(3, five());
    assertEquals(List.of(5.0, 2.0, 1.0), pool());
    monitoring.drop(app);
    assertEquals(List.of(), pool());
  }

  @Test
  void poolThatWasThereIsBoundOnce() {
    AppMetrics app = monitoring.begin("shop", true);
    app.placed(1, five());
    app.ready(shop, 1);
    monitoring.settled(app);
    new MicrometerMetrics(context).bindTo(registry);
    assertEquals(List.of(5.0, 2.0, 1.0), pool());
  }
}
