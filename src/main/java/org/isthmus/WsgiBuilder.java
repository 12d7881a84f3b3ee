// Registration in code: a servlet or filter with its settings, without web.xml.
package org.isthmus;

import java.util.HashMap;
import java.util.Map;
import org.isthmus.settings.SettingsTable;

/**
 * Builds a {@link WsgiServlet} or {@link WsgiFilter} for programs that embed a container.
 *
 * <pre>{@code
 * WsgiBuilder.app("hello:application")
 *     .set("isthmus.python.path", "/srv/hello")
 *     .servlet();
 * }</pre>
 */
public final class WsgiBuilder {
  private final Map<String, String> settings = new HashMap<>();

  private WsgiBuilder() {}

  /**
   * Begins with an application.
   *
   * @param app as {@code isthmus.app}: {@code package.module:callable}
   */
  public static WsgiBuilder app(String app) {
    return new WsgiBuilder().set(SettingsTable.APP.name, app);
  }

  /**
   * Sets one setting.
   *
   * @param name as in docs/settings.md; an unknown one fails at start
   * @param value as in web.xml
   */
  public WsgiBuilder set(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** Returns a servlet with these settings. */
  public WsgiServlet servlet() {
    return new WsgiServlet(settings);
  }

  /** Returns a filter with these settings. */
  public WsgiFilter filter() {
    return new WsgiFilter(settings);
  }
}
