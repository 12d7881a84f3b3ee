package org.isthmus;

import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.servlet.ServletContext;
import java.util.Map;
import org.isthmus.exchange.Observer;
import org.junit.jupiter.api.Test;

/** What holds for all servlets and filters of a web application. */
class DeploymentTest {
  private final ServletContext context = WebApp.empty().context();

  private Settings settings(String app, String metrics) {
    Map<String, String> params =
        Map.of(
            "isthmus.app", app, "isthmus.metrics.enabled", metrics, "isthmus.metrics.jmx", "false");
    return Settings.of(params, context, name -> null, name -> null);
  }

  @Test
  void whoComesFirstSaysWhetherRequestsAreCounted() {
    Deployment deployment = Deployment.join(context);
    assertSame(Observer.NONE, deployment.observer(settings("one:app", "false"), "servlet one"));
    assertSame(Observer.NONE, deployment.observer(settings("two:app", "true"), "servlet two"));
    deployment.leave();
  }
}
