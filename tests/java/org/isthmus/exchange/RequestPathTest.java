package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SCRIPT_NAME and PATH_INFO from raw URIs. */
class RequestPathTest {
  @ParameterizedTest(name = "{0} below {1} has PATH_INFO {2}")
  @CsvSource(
      value = {
        "/app/hello|/app|/hello",
        "/app|/app|''",
        "/app/|/app|/",
        "/|''|/",
        "/a/b|''|/a/b",
        // The octets behind escapes, each once.
        "/app/a%20b|/app|/a b",
        "/app/a+b|/app|/a+b",
        "/app/%C3%A9|/app|/\u00C3\u00A9",
        "/app/%ff%FE|/app|/\u00FF\u00FE",
        "/app/a%2Fb|/app|/a/b",
        "/app/a%2fb|/app|/a/b",
        "/app/100%25|/app|/100%",
        "/app/%2525|/app|/%25",
        "/app/%zz%4|/app|/%zz%4",
        "/app/%|/app|/%",
        // What other WSGI servers keep is kept.
        "/app//a|/app|//a",
        "/app/a//b|/app|/a//b",
        "/app/a;x=1/b;y|/app|/a;x=1/b;y",
        "/app/.hidden|/app|/.hidden",
        "/app/a..b|/app|/a..b",
        "/app/a/...|/app|/a/...",
        // Dot segments, as the container resolved them before it matched.
        "/app/a/../b|/app|/b",
        "/app/a/./b|/app|/a/b",
        "/app/a/..|/app|/",
        "/app/a/.|/app|/a/",
        "/app/%2e%2E/app/b|/app|/b",
        "/other/../app/b|/app|/b",
        "/app/a//../b|/app|/b",
        "/app/..;x/app/b|/app|/b",
        // The prefix in another spelling.
        "//app//hello|/app|//hello",
        "/%61pp/hello|/app|/hello",
        "/app;v=1/hello|/app|/hello",
        "/a%20b/c/d|/a b/c|/d",
        "http://host:80/app/hello|/app|/hello",
        "http://host|''|/",
      },
      delimiter = '|')
  void dividesAtThePrefix(String raw, String prefix, String pathInfo) {
    RequestPath path = RequestPath.divide(raw, prefix);
    assertEquals(prefix, path.scriptName);
    assertEquals(pathInfo, path.pathInfo);
  }

  @ParameterizedTest(name = "{0} is not below {1}")
  @CsvSource({"/application,/app", "/ap,/app", "/,/app", "/app/../b,/app", "/App/x,/app"})
  void isNullForAnotherPrefix(String raw, String prefix) {
    assertNull(RequestPath.divide(raw, prefix));
  }
}
