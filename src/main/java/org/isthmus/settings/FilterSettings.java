// The settings of WsgiFilter.
package org.isthmus.settings;

import static org.isthmus.settings.Setting.Reach.COMPONENT;

import java.util.List;

/** Rows of the {@link SettingsTable} about who answers the filter's requests. */
public final class FilterSettings {
  private FilterSettings() {}

  public static final Setting<Boolean> CHAIN =
      new Setting<>(
          "isthmus.filter.chain",
          Forms.choice(List.of("container", "wsgi"), "wsgi"::equals),
          "container",
          COMPONENT,
          "For the filter: what decides whether a request continues down the filter chain. With"
              + " `container`, the container keeps its files and servlets; with `wsgi`, Python gets"
              + " every request, with the rest of the chain as the WSGI application"
              + " `environ[\"isthmus.chain\"]` ([Python around Java](servlets.md#python-around-java)).");

  public static final Setting<List<String>> WELCOME =
      new Setting<>(
          "isthmus.filter.welcome",
          Forms.list("file names, separated by commas"),
          "index.html",
          COMPONENT,
          "For the filter: a request for a directory that contains one of these files goes to"
              + " the container; a request for any other directory goes to the application.");
}
