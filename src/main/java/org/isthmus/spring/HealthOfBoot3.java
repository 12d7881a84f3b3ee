// The health of the Python applications, for the actuator of Spring Boot 3.
package org.isthmus.spring;

import jakarta.servlet.ServletContext;
import org.isthmus.metrics.AppMetrics;
import org.isthmus.metrics.Monitoring;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** UP if all applications answer requests, UNKNOWN if there are none, otherwise DOWN. */
final class HealthOfBoot3 implements HealthIndicator {
  private final ServletContext context;

  HealthOfBoot3(ServletContext context) {
    this.context = context;
  }

  @Override
  public Health health() {
    Monitoring monitoring = Monitoring.of(context);
    if (monitoring.apps().isEmpty()) {
      return Health.unknown().build();
    }
    Health.Builder health = monitoring.isReady() ? Health.up() : Health.down();
    for (AppMetrics app : monitoring.apps()) {
      health.withDetail(app.name(), app.state());
    }
    return health.build();
  }
}
