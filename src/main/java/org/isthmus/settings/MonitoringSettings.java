// The settings of metrics and of the status page.
package org.isthmus.settings;

import static org.isthmus.settings.Setting.Reach.COMPONENT;
import static org.isthmus.settings.Setting.Reach.DEPLOYMENT;

import java.util.List;

/** Rows of the {@link SettingsTable} about what is counted, and who may see it. */
public final class MonitoringSettings {
  private MonitoringSettings() {}

  public static final Setting<Boolean> METRICS =
      new Setting<>(
          "isthmus.metrics.enabled",
          Forms.flag(),
          "true",
          DEPLOYMENT,
          "Whether to count and time requests, for JMX, Micrometer and the status page"
              + " ([monitoring](monitoring.md)).");

  public static final Setting<Boolean> JMX =
      new Setting<>(
          "isthmus.metrics.jmx",
          Forms.flag(),
          "true",
          DEPLOYMENT,
          "Whether to register an MBean for each application, if requests are counted.");

  public static final Setting<Access> STATUS_ACCESS =
      new Setting<>(
          "isthmus.status.access",
          Forms.choice(List.of("off", "loopback", "role"), Access::of),
          "off",
          COMPONENT,
          "Who may see the status page of `org.isthmus.StatusServlet`: nobody (`off`), users on"
              + " this machine (`loopback`), or users logged in with the role of"
              + " `isthmus.status.role` (`role`). Anyone else gets 404"
              + " ([monitoring](monitoring.md)).");

  public static final Setting<String> STATUS_ROLE =
      new Setting<>(
          "isthmus.status.role",
          Forms.text("the name of a role"),
          null,
          COMPONENT,
          "The role that may see the status page or the metrics, if `isthmus.status.access` or"
              + " `isthmus.metrics.access` is `role`.");

  public static final Setting<Access> METRICS_ACCESS =
      new Setting<>(
          "isthmus.metrics.access",
          Forms.choice(List.of("off", "loopback", "role", "all"), Access::of),
          null,
          COMPONENT,
          "Who may read the metrics of `org.isthmus.StatusServlet`: nobody (`off`), users on this"
              + " machine (`loopback`), users logged in with the role of `isthmus.status.role`"
              + " (`role`), or everyone (`all`). By default, whoever may see the status page:"
              + " `isthmus.status.access` ([monitoring](monitoring.md#openmetrics)).");

  public static final Setting<Access> HEALTH_ACCESS =
      new Setting<>(
          "isthmus.health.access",
          Forms.choice(List.of("off", "loopback", "all"), Access::of),
          "off",
          COMPONENT,
          "Who may ask `org.isthmus.StatusServlet` whether the web application is alive and"
              + " ready: nobody (`off`), users on this machine (`loopback`), or everyone"
              + " (`all`).");
}
