package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.isthmus.Logged;
import org.isthmus.WebApp;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A web application, and the settings that it comes to. */
abstract class ModjyCase {
  final WebApp webApp = WebApp.empty();
  final Map<String, String> initParams = new HashMap<>();
  final Map<String, String> properties = new HashMap<>();
  private Logged logged;

  @BeforeEach
  void keepTheLogQuiet() {
    logged = new Logged();
  }

  @AfterEach
  void closeTheLog() {
    logged.close();
  }

  Settings settings() {
    return Settings.of(initParams, "servlet shop", webApp.context(), properties::get, name -> null);
  }

  String app() {
    return settings().get(SettingsTable.APP);
  }

  WsgiException refused() {
    return assertThrows(WsgiException.class, this::settings);
  }
}
