package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import org.isthmus.Fake;
import org.isthmus.WebApp;
import org.isthmus.WsgiServlet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which mappings leave a Python source in the context root to a browser. */
class ServedCodeTest {
  private static final class Other extends HttpServlet {}

  private final WebApp webApp = WebApp.empty().file("/application.py").file("/index.html");

  private String served() {
    return ServedCode.beside("/application.py", webApp.context());
  }

  @ParameterizedTest
  @CsvSource({"/*", "/", "*.py"})
  void mappingThatTakesEverySourceKeepsThem(String mapping) {
    webApp.servlet(WsgiServlet.class, mapping);
    assertNull(served());
  }

  @ParameterizedTest
  @CsvSource({"/app/*", "/app", "*.html", "/application", "/application.py/x", "''"})
  void mappingThatDoesNotTakeTheSourceLeavesItToTheDefaultServlet(String mapping) {
    webApp.servlet(WsgiServlet.class, mapping);
    assertEquals("/application.py", served());
  }

  @Test
  void exactMappingKeepsTheFileAlone() {
    webApp.servlet(WsgiServlet.class, "/application.py");
    assertNull(served());
    webApp.file("/settings.py");
    assertEquals("/settings.py", served());
  }

  @ParameterizedTest
  @CsvSource({"/secrets.pyc", "/secrets$py.class"})
  void bytecodeBesideItCountsToo(String file) {
    webApp.servlet(WsgiServlet.class, "*.py").file(file);
    assertEquals(file, served());
  }

  @Test
  void exactMappingOfAnotherServletWins() {
    webApp.servlet(WsgiServlet.class, "/*").servlet(Other.class, "/application.py");
    assertEquals("/application.py", served());
  }

  @Test
  void prefixWinsOverExtension() {
    webApp.servlet(Other.class, "*.py").servlet(WsgiServlet.class, "/*");
    assertNull(served());
  }

  @Test
  void extensionWinsOverDefault() {
    webApp.servlet(WsgiServlet.class, "/").servlet(Other.class, "*.py");
    assertEquals("/application.py", served());
  }

  @Test
  void longestPrefixWins() {
    webApp.file("/apps/a/site.py");
    webApp.servlet(WsgiServlet.class, "/*").servlet(Other.class, "/apps/*");
    assertEquals("/apps/a/site.py", ServedCode.beside("/apps/a/site.py", webApp.context()));
    webApp.servlet(WsgiServlet.class, "/apps/a/*");
    assertNull(ServedCode.beside("/apps/a/site.py", webApp.context()));
  }

  @Test
  void withoutAMappingEverythingIsTheDefaultServlets() {
    assertEquals("/application.py", served());
  }

  @Test
  void listenerThatMayNotAskLeavesTheQuestionToTheServlet() {
    // A fake throws what a listener registered in code is answered with (Servlet 5.0, 4.4).
    ServletContext context = Fake.of(ServletContext.class, new Object());
    assertNull(ServedCode.beside("/application.py", context));
  }
}
