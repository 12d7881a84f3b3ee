package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.Fake;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a response's head may hold. */
class ResponseHeadTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "200",
        "20 OK",
        "2000 OK",
        "abc OK",
        "100 Continue",
        "099 x",
        "200OK",
        "-20 x",
        "+20 x",
        " 200 OK",
        "200\tOK",
        "200 O\nK",
        "200 O\rK",
        "200 \0",
        "200 \u007F",
        "\u0662\u0660\u0660 OK"
      })
  void malformedStatusIsRefused(String status) {
    assertEquals(Rule.STATUS_MALFORMED, ruleOf(() -> new ResponseHead(status, 0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "999 x", "404 ", "204 Caf\u00E9", "418 I'm\ta teapot"})
  void wellFormedStatusIsAccepted(String status) {
    assertFalse(new ResponseHead(status, 0).contentLength() >= 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "X Y", "X:", "X\n", "\u00E9", "X\0", "(x)", "x,y", "\u0130"})
  void nameThatIsNoTokenIsRefused(String name) {
    assertEquals(Rule.HEADER_NAME, ruleOf(() -> new ResponseHead("200 OK", 1).add(name, "v")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "KEEP-ALIVE",
        "proxy-authenticate",
        "Proxy-Authorization",
        "TE",
        "Trailer",
        "trailers",
        "Transfer-Encoding",
        "Upgrade"
      })
  void hopByHopNameIsRefused(String name) {
    assertEquals(Rule.HOP_BY_HOP, ruleOf(() -> new ResponseHead("200 OK", 1).add(name, "v")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\n", "\r", "\0", "\u0001", "\u007F"})
  void valueWithControlCharacterIsRefused(String value) {
    assertEquals(Rule.HEADER_VALUE, ruleOf(() -> new ResponseHead("200 OK", 1).add("X", value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+5",
        " 5",
        "5 ",
        "5, 5",
        "0x5",
        "abc",
        "1.0",
        "9999999999999999999",
        "\u0665"
      })
  void malformedContentLengthIsRefused(String value) {
    ResponseHead head = new ResponseHead("200 OK", 1);
    assertEquals(Rule.CONTENT_LENGTH, ruleOf(() -> head.add("content-LENGTH", value)));
  }

  @Test
  void secondContentLengthIsRefused() {
    ResponseHead head = new ResponseHead("200 OK", 2);
    head.add("Content-Length", "5");
    assertEquals(Rule.CONTENT_LENGTH, ruleOf(() -> head.add("Content-Length", "5")));
  }

  @Test
  void lengthBeyondTwoGibibytesIsKept() {
    ResponseHead head = new ResponseHead("200 OK", 1);
    head.add("Content-Length", "5000000000");
    assertEquals(5_000_000_000L, head.contentLength());
  }

  @Test
  void headReachesTheContainerInOrder() {
    ResponseHead head = new ResponseHead("201 Created", 5);
    head.add("Set-Cookie", "a=1");
    head.add("Content-Type", "text/plain; charset=utf-8");
    head.add("Set-Cookie", "b=2");
    head.add("Content-Length", "7");
    head.add("X-Latin", "\u00E9\t");
    List<String> calls = new ArrayList<>();
    head.apply(Fake.of(HttpServletResponse.class, new Recorder(calls)), head.contentLength());
    assertEquals(
        List.of(
            "status 201",
            "type text/plain; charset=utf-8",
            "Set-Cookie: a=1",
            "Set-Cookie: b=2",
            "X-Latin: \u00E9\t",
            "length 7"),
        calls);
  }

  @Test
  void dateServerAndExpiresReplaceThoseOfTheContainer() {
    ResponseHead head = new ResponseHead("200 OK", 4);
    head.add("DATE", "d");
    head.add("server", "s");
    head.add("Expires", "0");
    head.add("Dates", "x");
    List<String> calls = new ArrayList<>();
    head.apply(Fake.of(HttpServletResponse.class, new Recorder(calls)), -1);
    assertEquals(
        List.of("status 200", "only DATE: d", "only server: s", "only Expires: 0", "Dates: x"),
        calls);
  }

  @Test
  void noContentDeclaresNoLength() {
    ResponseHead head = new ResponseHead("204 No Content", 1);
    head.add("Content-Length", "0");
    assertEquals(-1, head.contentLength());
  }

  @Test
  void lengthIsSentAsGiven() {
    List<String> calls = new ArrayList<>();
    ResponseHead head = new ResponseHead("200 OK", 0);
    head.apply(Fake.of(HttpServletResponse.class, new Recorder(calls)), 3);
    assertEquals(List.of("status 200", "length 3"), calls);
  }

  @Test
  void onlyNoContentAndNotModifiedHaveNoBody() {
    assertTrue(new ResponseHead("204 No Content", 0).isBodiless());
    assertTrue(new ResponseHead("304 Not Modified", 0).isBodiless());
    assertFalse(new ResponseHead("205 Reset Content", 0).isBodiless());
    assertFalse(new ResponseHead("200 OK", 0).isBodiless());
  }

  @Test
  void offendingValueIsShownWithoutControlCharacters() {
    WsgiException broken =
        assertThrows(WsgiException.class, () -> new ResponseHead("200 OK\r\nX: y", 0));
    assertTrue(broken.getMessage().startsWith("IS0011: "), broken.getMessage());
    assertTrue(broken.getMessage().contains("'200 OK\\x0d\\x0aX: y'"), broken.getMessage());
  }

  private static Rule ruleOf(Runnable offence) {
    return assertThrows(WsgiException.class, offence::run).rule();
  }

  /** The five calls that a head may make. */
  public static final class Recorder {
    private final List<String> calls;

    Recorder(List<String> calls) {
      this.calls = calls;
    }

    public void setStatus(int status) {
      calls.add("status " + status);
    }

    public void setContentType(String type) {
      calls.add("type " + type);
    }

    public void addHeader(String name, String value) {
      calls.add(name + ": " + value);
    }

    public void setHeader(String name, String value) {
      calls.add("only " + name + ": " + value);
    }

    public void setContentLengthLong(long length) {
      calls.add("length " + length);
    }
  }
}
