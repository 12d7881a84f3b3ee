package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.servlet.ServletContext;
import java.util.Map;
import org.isthmus.WebApp;
import org.isthmus.exchange.Observer;
import org.isthmus.settings.Settings;
import org.junit.jupiter.api.Test;

/** What holds for all servlets and filters of a web application. */
class DeploymentTest {
  private final ServletContext context = WebApp.empty().context();

  private Settings settings(String app, String metrics) {
    Map<String, String> params =
        Map.of(
            "isthmus.app", app, "isthmus.metrics.enabled", metrics, "isthmus.metrics.jmx", "false");
    return Settings.of(params, "servlet shop", context, name -> null, name -> null);
  }

  private Settings settings(String reload) {
    Map<String, String> params =
        Map.of("isthmus.metrics.jmx", "false", "isthmus.reload.mode", reload);
    return Settings.of(params, "servlet shop", context, name -> null, name -> null);
  }

  private static long watching() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("isthmus-reload"))
        .count();
  }

  @Test
  void firstComponentDecidesWhetherFilesAreWatched() {
    Deployment deployment = Deployment.join(context);
    deployment.wanted(settings("watch"), "servlet one");
    assertEquals(1, watching());
    deployment.leave();
    assertEquals(0, watching());
    deployment = Deployment.join(context);
    deployment.wanted(settings("off"), "servlet one");
    deployment.wanted(settings("watch"), "servlet two");
    assertEquals(0, watching());
    deployment.leave();
  }

  @Test
  void firstComponentDecidesWhetherRequestsAreCounted() {
    Deployment deployment = Deployment.join(context);
    WantedApp one = deployment.wanted(settings("one:app", "false"), "servlet one");
    WantedApp two = deployment.wanted(settings("two:app", "true"), "servlet two");
    assertSame(Observer.NONE, one.counted.observer());
    assertSame(Observer.NONE, two.counted.observer());
    deployment.leave();
  }
}
