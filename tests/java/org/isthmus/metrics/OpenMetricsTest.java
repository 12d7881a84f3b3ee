package org.isthmus.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import org.isthmus.Fake;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.junit.jupiter.api.Test;

/** What is there for which application; that it is OpenMetrics, functional tests show. */
class OpenMetricsTest {
  private final Monitoring monitoring =
      Monitoring.of(Fake.of(ServletContext.class, new JmxBeansTest.Context("host")));

  private String text() {
    return OpenMetrics.of(monitoring, "/shop");
  }

  @Test
  void labelsAreQuoted() {
    monitoring.begin("config:a \"b\".ini#c\\d\ne", true);
    assertTrue(text().contains("app=\"config:a \\\"b\\\".ini#c\\\\d\\ne\"} 0.0\n"), text());
  }

  @Test
  void whatIsNotCountedIsNotTold() {
    AppMetrics app = monitoring.begin("shop", false);
    app.failed(Rule.RELOAD_FAILED, "not yet");
    String text = text();
    assertFalse(text.contains("isthmus_requests_total{"), text);
    assertFalse(text.contains("_bucket{"), text);
    String labels = "context=\"/shop\",app=\"shop\"";
    assertTrue(text.contains("isthmus_app_ready{" + labels + "} 0.0\n"), text);
    String code = Rule.RELOAD_FAILED.code();
    assertTrue(text.contains("isthmus_errors_total{" + labels + ",code=\"" + code + "\"} 1\n"));
  }

  @Test
  void workersAreThereWhereThereAreSome() {
    AppMetrics app = monitoring.begin("shop", true);
    app.ready(Fake.of(WsgiApp.class, new JmxBeansTest.Shop()), 1);
    assertFalse(text().contains("isthmus_worker"), text());
    assertFalse(text().contains("transport"), text());
    app.ready(Fake.of(WsgiApp.class, new TwoWorkers.Shop()), 1);
    String labels = "{context=\"/shop\",app=\"shop:application\",";
    for (String line :
        new String[] {
          "isthmus_workers" + labels + "state=\"idle\"} 1",
          "isthmus_workers" + labels + "state=\"busy\"} 0",
          "isthmus_worker_resident_bytes" + labels + "worker=\"0\"} 3.0E7",
          "isthmus_worker_age_seconds" + labels + "worker=\"2\"} 0.5",
          "isthmus_worker_requests" + labels + "worker=\"0\"} 12.0",
          "isthmus_worker_restarts_total{context=\"/shop\",app=\"shop:application\"} 7",
          "isthmus_worker_exits_total" + labels + "reason=\"signal 11\"} 1",
          "isthmus_spent_seconds_total" + labels + "in=\"transport\"} 0.0"
        }) {
      assertTrue(text().contains(line + "\n"), line + " is not in\n" + text());
    }
    // Of the one whose memory is not known there is no sample.
    assertFalse(text().contains("isthmus_worker_resident_bytes" + labels + "worker=\"2\"}"));
  }

  @Test
  void poolIsThereWhereThereIsOne() {
    assertFalse(text().contains("isthmus_pool"));
    AppMetrics app = monitoring.begin("shop", true);
    app.placed(1, new PoolUse(5, () -> 2, () -> 1));
    app.ready(Fake.of(WsgiApp.class, new JmxBeansTest.Shop()), 1500000000);
    String text = text();
    assertEquals(3, text.lines().filter(line -> line.startsWith("isthmus_pool_")).count());
    assertTrue(text.contains("isthmus_import_seconds{"));
    assertTrue(text.contains("} 1.5\n"), text);
    assertTrue(text.endsWith("# EOF\n"));
  }
}
