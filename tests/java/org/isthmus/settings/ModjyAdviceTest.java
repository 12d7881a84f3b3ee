package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import org.isthmus.Logged;
import org.isthmus.Messages;
import org.isthmus.WebApp;
import org.isthmus.WsgiServlet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log says about modjy's parameters. */
class ModjyAdviceTest {
  private final WebApp webApp = WebApp.empty();
  private final Map<String, String> initParams = new TreeMap<>();

  private List<String> logged(Level level) {
    try (Logged logged = new Logged()) {
      read(webApp.context());
      return logged.messages(level);
    }
  }

  private void read(ServletContext context) {
    assertTrue(
        Settings.of(initParams, "servlet shop", context, name -> null, name -> null).modjy()
            != null,
        "modjy is in use");
  }

  @ParameterizedTest
  @EnumSource(
      value = ModjyParameter.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "CALLABLE_QUERY_NAME")
  void eachParameterGetsOneLine(ModjyParameter parameter) {
    String value = parameter.isNumber() ? "1" : "a.b";
    initParams.put(parameter.text, parameter == ModjyParameter.INITIAL_ENV ? "A: 1\nB: 2" : value);
    initParams.putIfAbsent("app_import_name", "a.b");
    List<String> advice = logged(Level.INFO);
    assertEquals(initParams.size(), advice.size(), advice.toString());
    long about =
        advice.stream()
            .filter(
                line -> line.startsWith("IS0004: ") && line.contains(" " + parameter.text + " "))
            .filter(line -> line.indexOf('\n') < 0)
            .count();
    assertEquals(1, about, advice.toString());
  }

  @Test
  void adviceNamesTheSettingAndItsValue() {
    initParams.put("app_import_name", "shop.web.Site().serve");
    List<String> advice = logged(Level.INFO);
    assertEquals(1, advice.size(), advice.toString());
    Messages.assertSays(
        advice.get(0),
        "IS0004: ",
        "app_import_name",
        "'shop.web.Site().serve'",
        "isthmus.app = 'shop.web:Site().serve'",
        "isthmus explain IS0004");
  }

  @Test
  void propertyOfJythonsRegistryGetsItsLine() {
    initParams.put("python.verbose", "debug");
    String line = logged(Level.INFO).get(0);
    assertTrue(line.contains("isthmus.python.properties = 'python.verbose: debug'"), line);
  }

  @Test
  void parameterThatDoesNothingIsSaidToDoNothing() {
    initParams.put("exc_handler", "testing");
    String line = logged(Level.INFO).get(0);
    Messages.assertSays(line, "exc_handler", "'testing'", "effect");
  }

  @Test
  void appParamBesideIsthmusAppIsSaidToDoNothing() {
    initParams.put("isthmus.app", "a:b");
    initParams.put("app_filename", "x.py");
    String line = logged(Level.INFO).get(0);
    Messages.assertSays(line, "app_filename", "'x.py'", "effect");
  }

  @Test
  void parameterGetsItsLineOnceInAWebApplication() {
    webApp.param("app_import_name", "a.b");
    initParams.put("multithread", "0");
    ServletContext context = webApp.context();
    try (Logged logged = new Logged()) {
      read(context);
      read(context);
      assertEquals(2, logged.messages(Level.INFO).size());
    }
  }

  @Test
  void defaultApplicationGetsALine() {
    webApp.file("/application.py").servlet(WsgiServlet.class, "/*");
    List<String> advice = logged(Level.INFO);
    assertEquals(1, advice.size());
    Messages.assertSays(advice.get(0), "app_filename", "'application.py'", "WEB-INF/app");
    // Not where it lies: that would hold for this one directory of a server.
    Messages.assertSays(advice.get(0), "isthmus.app = 'app/application.py:handler'");
    assertEquals(List.of(), logged(Level.WARNING));
  }

  @Test
  void applicationOutsideOfTheWebApplicationStaysWhereItIs() {
    initParams.put("app_directory", "/opt/apps");
    initParams.put("app_filename", "shop.py");
    for (String line : logged(Level.INFO)) {
      assertTrue(line.contains("isthmus.app = '/opt/apps/shop.py:handler'"), line);
    }
  }

  @Test
  void sourceThatABrowserCanHaveIsWarnedOfOnce() {
    webApp.file("/application.py").servlet(WsgiServlet.class, "/app/*");
    ServletContext context = webApp.context();
    try (Logged logged = new Logged()) {
      read(context);
      read(context);
      List<String> warnings = logged.messages(Level.WARNING);
      assertEquals(1, warnings.size(), warnings.toString());
      assertTrue(warnings.get(0).startsWith("IS0005: "), warnings.get(0));
      assertTrue(warnings.get(0).contains("'/application.py'"), warnings.get(0));
    }
  }

  @Test
  void importedModuleInTheRootIsWarnedOf() {
    webApp.file("/shop/__init__.py").file("/shop/web.py").servlet(WsgiServlet.class, "/app/*");
    initParams.put("app_import_name", "shop.web.app");
    assertTrue(logged(Level.WARNING).get(0).contains("'/shop/__init__.py'"));
  }

  @Test
  void sourceBelowWebInfIsNotWarnedOf() {
    webApp.file("/WEB-INF/app/application.py").servlet(WsgiServlet.class, "/app/*");
    initParams.put("app_directory", "$/WEB-INF/app");
    assertEquals(List.of(), logged(Level.WARNING));
  }

  @Test
  void sourceOutsideOfTheWebApplicationIsNotWarnedOf() {
    webApp.file("/application.py").servlet(WsgiServlet.class, "/app/*");
    initParams.put("app_directory", "/opt/apps");
    assertEquals(List.of(), logged(Level.WARNING));
  }
}
