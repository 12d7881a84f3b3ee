package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.Messages;
import org.isthmus.WebApp;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values come from, and what is refused. */
class SettingsTest {
  private final WebApp webApp = WebApp.empty();
  private final Map<String, String> initParams = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  private Settings settings() {
    return Settings.of(
        initParams, "servlet shop", webApp.context(), properties::get, variables::get);
  }

  private String message(Rule rule) {
    WsgiException broken = assertThrows(WsgiException.class, this::settings);
    assertEquals(rule, broken.rule());
    return broken.getMessage();
  }

  @Test
  void nothingGivenIsTheDefault() {
    assertNull(settings().get(SettingsTable.APP));
    assertEquals(true, settings().get(ConcurrencySettings.MULTITHREAD));
    assertEquals(List.of("index.html"), settings().get(FilterSettings.WELCOME));
    assertFalse(settings().has(ConcurrencySettings.MULTITHREAD));
  }

  @Test
  void environmentVariableIsTaken() {
    variables.put("ISTHMUS_APP", "a:variable");
    assertEquals("a:variable", settings().get(SettingsTable.APP));
    assertTrue(settings().has(SettingsTable.APP));
  }

  @Test
  void systemPropertyWinsOverEnvironmentVariable() {
    variables.put("ISTHMUS_APP", "a:variable");
    properties.put("isthmus.app", "a:property");
    assertEquals("a:property", settings().get(SettingsTable.APP));
  }

  @Test
  void contextParamWinsOverSystemProperty() {
    properties.put("isthmus.app", "a:property");
    webApp.param("isthmus.app", "a:context");
    assertEquals("a:context", settings().get(SettingsTable.APP));
  }

  @Test
  void initParamWinsOverContextParam() {
    webApp.param("isthmus.app", "a:context");
    initParams.put("isthmus.app", "a:init");
    assertEquals("a:init", settings().get(SettingsTable.APP));
  }

  @Test
  void emptyEnvironmentVariableIsNotSet() {
    variables.put("ISTHMUS_MULTITHREAD", " ");
    assertEquals(true, settings().get(ConcurrencySettings.MULTITHREAD));
  }

  @Test
  void emptyInitParamIsAValue() {
    initParams.put("isthmus.filter.welcome", "");
    assertEquals(List.of(), settings().get(FilterSettings.WELCOME));
  }

  @Test
  void blanksAroundAValueAreDropped() {
    initParams.put("isthmus.multithread", "\n      false\n    ");
    assertEquals(false, settings().get(ConcurrencySettings.MULTITHREAD));
  }

  @ParameterizedTest
  @CsvSource({
    "isthmus.ap, isthmus.app",
    "isthmus.aap, isthmus.app",
    "isthmus.application, isthmus.app",
    "isthmus.APP, isthmus.app",
    "ISTHMUS.APP, isthmus.app",
    "' isthmus.app ', isthmus.app",
    "isthmus.multithreaded, isthmus.multithread",
    "isthmus.multi_thread, isthmus.multithread",
    "isthmus.max_body, isthmus.request.max_body",
    "isthmus.request.maxbody, isthmus.request.max_body",
    "isthmus.path, isthmus.python.path",
    "isthmus.pythonpath, isthmus.python.path",
    "isthmus.log_level, isthmus.log.level",
    "isthmus.error, isthmus.init.error",
    "isthmus.environ, isthmus.environ.fill",
  })
  void unknownNameIsRefusedWithTheNearestOne(String name, String nearest) {
    initParams.put(name, "x");
    String message = message(Rule.SETTING_UNKNOWN);
    String suggestion = "did you mean '" + nearest + "'?";
    Messages.assertSays(
        message, "IS0001: ", "'" + name + "'", suggestion, "init-param", "servlet shop");
  }

  @Test
  void unknownContextParamIsRefused() {
    webApp.param("isthmus.apps", "x");
    Messages.assertSays(message(Rule.SETTING_UNKNOWN), "'isthmus.apps'", "context-param");
  }

  @Test
  void unknownPropertyOrVariableIsSomebodyElses() {
    properties.put("isthmus.apps", "x");
    variables.put("ISTHMUS_APPS", "x");
    assertNull(settings().get(SettingsTable.APP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "isthmus", "isthmusapp", "log4jConfiguration", "isthmus-app", ""})
  void foreignNamesAreIgnored(String name) {
    webApp.param(name, "x");
    initParams.put(name, "x");
    assertNull(settings().get(SettingsTable.APP));
  }

  @Test
  void malformedValueIsRefusedWithItsPlaceAndForm() {
    webApp.param("isthmus.multithread", "maybe");
    Messages.assertSays(
        message(Rule.SETTING_MALFORMED),
        "IS0002: ",
        "isthmus.multithread",
        "context-param",
        "'maybe'",
        "true or false",
        "default, 'true'",
        "isthmus explain IS0002");
  }

  @Test
  void malformedValueWithoutADefaultIsRefusedWithoutOne() {
    initParams.put("isthmus.python.home", " ");
    String message = message(Rule.SETTING_MALFORMED);
    Messages.assertSays(message, "isthmus.python.home", "isthmus explain IS0002");
    assertFalse(message.contains("default"), message);
  }

  @Test
  void malformedVariableIsRefused() {
    variables.put("ISTHMUS_REQUEST_MAX_BODY", "lots");
    String message = message(Rule.SETTING_MALFORMED);
    Messages.assertSays(message, "isthmus.request.max_body", "environment variable", "'lots'");
  }

  @Test
  void malformedPropertyIsRefused() {
    properties.put("isthmus.log.level", "LOUD");
    String message = message(Rule.SETTING_MALFORMED);
    Messages.assertSays(message, "isthmus.log.level", "system property", "'LOUD'");
  }

  @Test
  void malformedValueThatAnotherHidesIsNoMatter() {
    variables.put("ISTHMUS_MULTITHREAD", "maybe");
    initParams.put("isthmus.multithread", "false");
    assertEquals(false, settings().get(ConcurrencySettings.MULTITHREAD));
  }

  @Test
  void emptyAppIsRefused() {
    initParams.put("isthmus.app", "");
    message(Rule.SETTING_MALFORMED);
  }

  @Test
  void messageShowsControlCharactersEscapedAndIsCut() {
    initParams.put("isthmus.environ.add", "a: 1\n" + "x".repeat(300));
    String message = message(Rule.SETTING_MALFORMED);
    assertTrue(message.contains("'a: 1\\x0axxx"), message);
    assertFalse(message.contains("x".repeat(201)), message);
  }
}
