package org.isthmus.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** How Spring's properties become settings. */
class SpringPropertiesTest {
  private static Map<String, String> settings(Object... pairs) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put((String) pairs[i], pairs[i + 1]);
    }
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", given));
    return SpringProperties.settings(environment);
  }

  @Test
  void namesMayBeSpelledAsSpringDoes() {
    Map<String, String> expected = Map.of("isthmus.max_concurrent", "5");
    assertEquals(expected, settings("isthmus.max-concurrent", "5"));
    assertEquals(expected, settings("isthmus.maxConcurrent", "5"));
    assertEquals(expected, settings("isthmus.max_concurrent", "5"));
  }

  @Test
  void offOfYamlIsOff() {
    assertEquals(
        Map.of("isthmus.debug.page", "off", "isthmus.multithread", "false"),
        settings("isthmus.debug.page", false, "isthmus.multithread", false));
  }

  @Test
  void falseStaysWhereOffIsNoValue() {
    Map<String, String> expected = Map.of("isthmus.interpreter", "false");
    assertEquals(expected, settings("isthmus.interpreter", false));
  }

  @Test
  void placeholdersAreResolved() {
    assertEquals("shop:app", settings("a", "shop", "isthmus.app", "${a}:app").get("isthmus.app"));
  }

  @Test
  void listsOfYamlAreTheTextOfTheSetting() {
    assertEquals(
        "json, codecs",
        settings("isthmus.preload[0]", "json", "isthmus.preload[1]", "codecs")
            .get("isthmus.preload"));
    assertEquals("json, codecs", settings("isthmus.preload", "json,codecs").get("isthmus.preload"));
  }

  @Test
  void pathIsJoinedAsThePlatformDoes() {
    assertEquals(
        "/a" + File.pathSeparator + "/b",
        settings("isthmus.python.path[0]", "/a", "isthmus.python.path[1]", "/b")
            .get("isthmus.python.path"));
  }

  @Test
  void mapsOfYamlAreLines() {
    assertEquals(
        "shop.name: Ada\nshop.town: York",
        settings("isthmus.environ.add.shop.name", "Ada", "isthmus.environ.add.shop.town", "York")
            .get("isthmus.environ.add"));
    assertEquals("a: b", settings("isthmus.environ.add", "a: b").get("isthmus.environ.add"));
  }
}
