package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isthmus.Messages;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What modjy's values become: settings, and keys of environ. */
class ModjyValuesTest extends ModjyCase {
  @ParameterizedTest
  @CsvSource({
    "mod.app, mod:app",
    "a.b.c.app, a.b.c:app",
    "mod.Class(), mod:Class()",
    "a.b.Class(), a.b:Class()",
    "a.b.Class().method, a.b:Class().method",
    "a.b.Class().method.more, a.b:Class().method.more",
    "'  a.b  ', a:b",
  })
  void importNameBecomesModuleAndCallable(String imported, String app) {
    initParams.put("app_import_name", imported);
    assertEquals(app, app());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dotless", "a.b()()", "a.b().c()", "a..b", ".a", "a.", "a:b", "a b.c"})
  void malformedImportNameIsRefused(String imported) {
    initParams.put("app_import_name", imported);
    assertEquals(Rule.SETTING_MALFORMED, refused().rule());
  }

  @ParameterizedTest
  @CsvSource({
    "$/WEB-INF/app, app/application.py:handler, app",
    "$/WEB-INF/app/, app/application.py:handler, app",
    "$WEB-INF/app, app/application.py:handler, app",
    "$/WEB-INF/a/b, a/b/application.py:handler, a/b",
    "$/WEB-INF, application.py:handler, .",
    "$/apps, /srv/web/apps/application.py:handler, /srv/web/apps",
    "$/, /srv/web/application.py:handler, /srv/web",
    "/opt/apps, /opt/apps/application.py:handler, /opt/apps",
    "/opt/x/../apps/, /opt/apps/application.py:handler, /opt/apps",
    "/srv/web/apps, /srv/web/apps/application.py:handler, /srv/web/apps",
    "/srv/web/WEB-INF/app, app/application.py:handler, app",
  })
  void directoryBecomesPartOfAppAndOfThePath(String directory, String app, String entry) {
    initParams.put("app_directory", directory);
    assertEquals(app, app());
    assertEquals(List.of(entry), settings().path());
  }

  @Test
  void rootIsOnThePathOfAnImportedApplication() {
    initParams.put("app_import_name", "a.b");
    assertEquals(List.of("/srv/web"), settings().path());
  }

  @Test
  void packedApplicationBelowWebInfHasNoNeedOfRealPaths() {
    webApp.packed();
    initParams.put("app_directory", "$/WEB-INF/app");
    assertEquals("app/application.py:handler", app());
    assertEquals(List.of("app"), settings().path());
  }

  @Test
  void packedApplicationInTheRootIsRefused() {
    webApp.packed();
    initParams.put("app_filename", "site.py");
    Messages.assertSays(refused().getMessage(), "app_directory", "packed");
  }

  @Test
  void packedWebApplicationHasNoRootOnThePath() {
    webApp.packed();
    initParams.put("app_import_name", "a.b");
    assertEquals(List.of(), settings().path());
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "2, true", "' 0 ', false"})
  void multithreadIsANumber(String value, boolean multithread) {
    initParams.put("multithread", value);
    assertEquals(multithread, settings().get(ConcurrencySettings.MULTITHREAD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"multithread", "cache_callables", "reload_on_mod"})
  void whatIsNoNumberIsRefused(String name) {
    initParams.put(name, "yes");
    Messages.assertSays(refused().getMessage(), name, "servlet shop", "'yes'", "0 or 1");
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "no, true"})
  void onlyZeroTurnsSiteOff(String value, boolean site) {
    initParams.put("load_site_packages", value);
    assertEquals(site, settings().get(JythonSettings.SITE));
  }

  @Test
  void initialEnvBecomesAdditionsToEnviron() {
    initParams.put("initial_env", "\nA\t: 1\nB :\t2\n");
    assertEquals(Map.of("A", "1", "B", "2"), settings().get(SettingsTable.ENVIRON_ADD));
  }

  @Test
  void homeIsBelowTheRootUnlessItIsAbsolute() {
    initParams.put("python.home", "WEB-INF/jython-home");
    assertEquals("/srv/web/WEB-INF/jython-home", settings().get(JythonSettings.HOME));
    initParams.put("python.home", "/opt/jython");
    assertEquals("/opt/jython", settings().get(JythonSettings.HOME));
  }

  @Test
  void relativeHomeOfAPackedWebApplicationIsRefused() {
    webApp.packed();
    initParams.put("python.home", "jython");
    assertEquals(Rule.SETTING_MALFORMED, refused().rule());
  }

  @Test
  void pythonPathIsAbsoluteFromTheServersDirectory() {
    initParams.put("python.path", "/a" + java.io.File.pathSeparator + "b");
    assertEquals(
        List.of("/a", java.nio.file.Path.of("b").toAbsolutePath().toString()), settings().path());
  }

  @Test
  void otherPythonNamesBecomePropertiesOfServletAndContextTogether() {
    initParams.put("app_import_name", "a.b");
    initParams.put("python.verbose", "debug");
    webApp.param("python.verbose", "error").param("python.security.x", "false");
    assertEquals(
        Map.of("python.verbose", "debug", "python.security.x", "false"),
        settings().get(JythonSettings.PROPERTIES));
  }

  @Test
  void callableQueryNameIsRefusedWithTheReason() {
    initParams.put("app_import_name", "a.b");
    initParams.put("callable_query_name", "app");
    WsgiException refused = refused();
    assertEquals(Rule.MODJY_CALLABLE_QUERY, refused.rule());
    Messages.assertSays(refused.getMessage(), "callable_query_name", "client");
  }

  @Test
  void foreignCallableQueryNameIsNotOurs() {
    initParams.put("isthmus.app", "a:b");
    webApp.param("callable_query_name", "app");
    assertNull(settings().modjy());
  }

  // What the engine gets.

  @Test
  void listsAreSplitAtSemicolonsAndExpanded() {
    initParams.put("packages", " java.util ;; javax.x ");
    initParams.put("extdirs", "$/WEB-INF/ext;/opt/ext");
    initParams.put("classdirs", "$/classes");
    Map<String, String> parameters = settings().modjy().parameters();
    assertEquals("java.util;javax.x", parameters.get("packages"));
    assertEquals("/srv/web/WEB-INF/ext;/opt/ext", parameters.get("extdirs"));
    assertEquals("/srv/web/classes", parameters.get("classdirs"));
    assertEquals("1", parameters.get("cache_callables"));
    assertEquals("0", parameters.get("reload_on_mod"));
  }

  @Test
  void environShowsEveryParameterWithModjysTypes() {
    initParams.put("app_import_name", "a.b");
    initParams.put("multithread", "0");
    initParams.put("mine", "one");
    webApp.param("mine", "two").param("theirs", "three");
    Map<String, Object> environ = settings().modjy().environ();
    assertEquals(0, environ.get("modjy.param.multithread"));
    assertEquals(1, environ.get("modjy.param.cache_callables"));
    assertEquals("one", environ.get("modjy.param.mine"));
    assertEquals("three", environ.get("modjy.param.theirs"));
    assertEquals("application.py", environ.get("modjy.param.app_filename"));
    assertEquals("handler", environ.get("modjy.param.app_callable_name"));
    assertEquals("/srv/web", environ.get("modjy.param.app_directory"));
    assertTrue(environ.containsKey("modjy.param.packages"));
    assertNull(environ.get("modjy.param.packages"));
    assertEquals(Arrays.asList(0, 25, 3), environ.get("modjy.version"));
  }

  @Test
  void environHasTheContextAndNoServletOfItsOwn() {
    initParams.put("multithread", "1");
    ServletContext context = webApp.context();
    ModjySpec spec =
        Settings.of(initParams, "servlet shop", context, name -> null, name -> null).modjy();
    assertSame(context, spec.environ().get("j2ee.servlet_context"));
    assertEquals(
        Map.of("j2ee.request", "isthmus.request", "j2ee.response", "isthmus.response"),
        spec.aliases());
    // What the listener reads is what the servlet reads: one application.
    assertEquals(
        spec, Settings.of(initParams, "servlet shop", context, name -> null, name -> null).modjy());
  }

  @ParameterizedTest
  @CsvSource({"a.b, false", "a.B(), true", "a.B().m, true", ", true"})
  void runOnceIsSaidOfAnApplicationThatEachRequestGetsAnew(String imported, boolean fresh) {
    if (imported == null) {
      initParams.put("app_filename", "x.py");
    } else {
      initParams.put("app_import_name", imported);
    }
    initParams.put("cache_callables", "0");
    Map<String, Object> environ = settings().modjy().environ();
    assertEquals(fresh ? true : null, environ.get("wsgi.run_once"));
    assertEquals(fresh ? false : null, environ.get("wsgi.multithread"));
  }

  @Test
  void everyParameterOfModjyIsKnown() {
    List<String> names =
        List.of(
            "app_import_name",
            "app_directory",
            "app_filename",
            "app_callable_name",
            "callable_query_name",
            "multithread",
            "cache_callables",
            "reload_on_mod",
            "exc_handler",
            "log_level",
            "log_format",
            "log_class",
            "packages",
            "classdirs",
            "extdirs",
            "initial_env",
            "load_site_packages",
            "python.home",
            "python.path",
            "python.cachedir");
    names.forEach(name -> assertTrue(ModjyParameter.isName(name), name));
  }
}
