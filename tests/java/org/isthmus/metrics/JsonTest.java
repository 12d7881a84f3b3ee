package org.isthmus.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** JSON as RFC 8259 has it. */
class JsonTest {
  @Test
  void commasAndQuotesAreInTheirPlaces() {
    Json json = new Json().object();
    json.member("a", "b").member("n", 1L).member("t", true).member("d", 0.5);
    json.name("list").list().value(1L).object().end().list().endList().value("x").endList();
    json.name("none").value((String) null).end();
    assertEquals(
        "{\"a\":\"b\",\"n\":1,\"t\":true,\"d\":0.5,\"list\":[1,{},[],\"x\"],\"none\":null}",
        json.toString());
  }

  @Test
  void textIsEscaped() {
    String text = "\"\\\n</script>&é\ud800";
    assertEquals(
        "\"\\\"\\\\\\u000a\\u003c/script\\u003e\\u0026\\u00e9\\ud800\"",
        new Json().value(text).toString());
  }
}
