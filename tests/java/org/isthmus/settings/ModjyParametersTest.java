package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When modjy's names count, and which of two wins. */
class ModjyParametersTest extends ModjyCase {
  @Test
  void withoutModjyNamesNothingOfModjyIsInUse() {
    webApp.param("isthmus.app", "a:b");
    assertNull(settings().modjy());
    assertEquals(List.of(), settings().path());
  }

  @Test
  void initParamCountsBesideIsthmusApp() {
    initParams.put("isthmus.app", "a:b");
    initParams.put("multithread", "0");
    assertEquals(false, settings().get(ConcurrencySettings.MULTITHREAD));
    assertEquals("a:b", app());
    assertNotNull(settings().modjy());
  }

  @ParameterizedTest
  @ValueSource(strings = {"multithread", "packages", "log_level", "initial_env", "python.path"})
  void contextParamIsForeignWhereIsthmusAppIsGiven(String name) {
    webApp.param(name, "0");
    initParams.put("isthmus.app", "a:b");
    assertNull(settings().modjy());
    assertEquals(true, settings().get(ConcurrencySettings.MULTITHREAD));
    assertEquals(List.of(), settings().path());
  }

  @Test
  void contextParamIsForeignWhereTheConventionFindsAnApplication() {
    webApp.param("multithread", "0").file("/WEB-INF/app/wsgi.py").file("/application.py");
    assertNull(settings().modjy());
    assertEquals(true, settings().get(ConcurrencySettings.MULTITHREAD));
  }

  @Test
  void contextParamCountsBesideAnAppParamOfTheServlet() {
    webApp.param("multithread", "0");
    initParams.put("app_import_name", "a.b");
    assertEquals(false, settings().get(ConcurrencySettings.MULTITHREAD));
  }

  @Test
  void contextParamCountsBesideAnAppParamOfTheContext() {
    webApp.param("multithread", "0").param("app_import_name", "a.b");
    assertEquals(false, settings().get(ConcurrencySettings.MULTITHREAD));
    assertEquals("a:b", app());
  }

  @Test
  void contextParamCountsBesideModjysDefaultApplication() {
    webApp.param("multithread", "0").file("/application.py");
    assertEquals(false, settings().get(ConcurrencySettings.MULTITHREAD));
    assertEquals("/srv/web/application.py:handler", app());
  }

  @Test
  void defaultApplicationYieldsToIsthmusAppAnywhere() {
    webApp.file("/application.py");
    properties.put("isthmus.app", "a:b");
    assertEquals("a:b", app());
    assertNull(settings().modjy());
  }

  @Test
  void blankParamsCountAsNone() {
    for (String name : List.of("app_import_name", "app_directory", "app_filename", "packages")) {
      initParams.put(name, " ");
    }
    assertNull(settings().modjy());
    assertNull(app());
  }

  // Who wins.

  @Test
  void isthmusAppOfTheServletWinsOverItsAppParam() {
    initParams.put("isthmus.app", "a:b");
    initParams.put("app_import_name", "c.d");
    assertEquals("a:b", app());
  }

  @Test
  void appParamOfTheServletWinsOverIsthmusAppOfTheContext() {
    initParams.put("app_import_name", "c.d");
    webApp.param("isthmus.app", "a:b");
    assertEquals("c:d", app());
  }

  @Test
  void isthmusAppOfTheContextWinsOverItsAppParam() {
    webApp.param("isthmus.app", "a:b").param("app_import_name", "c.d");
    assertEquals("a:b", app());
    assertNull(settings().modjy());
  }

  @Test
  void appParamOfTheContextWinsOverASystemProperty() {
    webApp.param("app_import_name", "c.d");
    properties.put("isthmus.app", "a:b");
    assertEquals("c:d", app());
  }

  @Test
  void partsOfTheNameMayStandInServletAndContext() {
    initParams.put("app_callable_name", "site");
    webApp.param("app_directory", "$/WEB-INF/app").param("app_filename", "main.py");
    assertEquals("app/main.py:site", app());
  }

  @Test
  void initParamWinsOverContextParam() {
    initParams.put("app_import_name", "a.b");
    initParams.put("multithread", "1");
    webApp.param("multithread", "0");
    assertEquals(true, settings().get(ConcurrencySettings.MULTITHREAD));
  }

  @Test
  void settingWinsOverItsAlias() {
    initParams.put("multithread", "0");
    initParams.put("isthmus.multithread", "true");
    assertEquals(true, settings().get(ConcurrencySettings.MULTITHREAD));
  }
}
