package org.isthmus.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.isthmus.Fake;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** What Prometheus reads, in its own format and in OpenMetrics. */
  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/openmetrics-text"})
  void timesAreHistograms(String format) {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    AppMetrics app = monitoring.begin("shop", true);
    app.ready(shop, 1);
    monitoring.settled(app);
    new MicrometerMetrics(context).bindTo(prometheus);
    app.took(TimeUnit.MILLISECONDS.toNanos(30), TimeUnit.MILLISECONDS.toNanos(4));
    app.took(TimeUnit.SECONDS.toNanos(20), TimeUnit.SECONDS.toNanos(3));
    List<String> lines = prometheus.scrape(format).lines().toList();
    Map<String, Double> samples =
        lines.stream()
            .filter(line -> line.startsWith("isthmus_request_"))
            // Of the labels the bound alone: there is one application.
            .map(line -> line.replaceFirst("\\{.*?(le=\"[^\"]*\")?}", "$1").split(" "))
            .collect(Collectors.toMap(part -> part[0], part -> Double.valueOf(part[1])));
    String name = "isthmus_request_duration_seconds";
    assertTrue(lines.contains("# TYPE " + name + " histogram"), String.join("\n", lines));
    assertEquals(
        Map.of("0.025", 0.0, "0.05", 1.0, "10.0", 1.0, "+Inf", 2.0), buckets(samples, name));
    assertEquals(2.0, samples.get(name + "_count"));
    assertEquals(20.03, samples.get(name + "_sum"), 1e-9);
    name = "isthmus_request_first_byte_seconds";
    assertEquals(
        Map.of("0.025", 1.0, "0.05", 1.0, "10.0", 2.0, "+Inf", 2.0), buckets(samples, name));
    // Each has a text, and its unit in its name, which Micrometer tells in no other way.
    List<String> types = lines.stream().filter(line -> line.startsWith("# TYPE ")).toList();
    for (String type : types) {
      String help = type.replaceFirst("TYPE (\\S+) .*", "HELP $1 ");
      assertTrue(lines.stream().anyMatch(line -> line.matches(help + "\\w.*")), help);
    }
    monitoring.drop(app);
    assertEquals(List.of(), prometheus.getMeters());
  }

  private static Map<String, Double> buckets(Map<String, Double> samples, String name) {
    return List.of("0.025", "0.05", "10.0", "+Inf").stream()
        .collect(
            Collectors.toMap(
                bound -> bound, bound -> samples.get(name + "_bucketle=\"" + bound + "\"")));
  }

  @Test
  void applicationThatIsMendedHasWorkersAfterAll() {
    new MicrometerMetrics(context).bindTo(registry);
    AppMetrics app = monitoring.begin("shop", true);
    app.notLoaded(Rule.RELOAD_FAILED, "not yet");
    monitoring.settled(app);
    assertEquals(0, registry.find("isthmus.workers").gauges().size());
    app.ready(Fake.of(WsgiApp.class, new TwoWorkers.Shop()), 1);
    app.ready(Fake.of(WsgiApp.class, new TwoWorkers.Shop()), 1);
    assertEquals(1.0, registry.get("isthmus.workers").tag("state", "idle").gauge().value());
    assertEquals(0.0, registry.get("isthmus.workers").tag("state", "stuck").gauge().value());
    String resident = "isthmus.worker.resident";
    assertEquals(30_000_000, registry.get(resident).tag("worker", "0").gauge().value());
    assertEquals(Double.NaN, registry.get(resident).tag("worker", "1").gauge().value());
    assertEquals(7, registry.get("isthmus.worker.restarts").functionCounter().count());
    monitoring.drop(app);
    assertEquals(List.of(), registry.getMeters());
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
