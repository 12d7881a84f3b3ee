package org.isthmus.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isthmus.Fake;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Exchanges;
import org.isthmus.exchange.Mount;
import org.isthmus.exchange.Observer;
import org.junit.jupiter.api.Test;

/** What Java code sees of an environ: here, of a chunked request that has no user. */
class ChainEnvironTest {
  private static final List<String> NAMES = List.of("X-User", "X_User", "Transfer-Encoding");
  private static final List<String> VALUES = List.of("a", "b", "chunked");

  /** What a request answers; its body must not be touched. */
  public static final class Request {
    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }

    public Object getAttribute(String attribute) {
      return null;
    }

    public String getProtocol() {
      return "HTTP/1.1";
    }

    public String getHeader(String name) {
      return NAMES.contains(name) ? VALUES.get(NAMES.indexOf(name)) : null;
    }

    public Enumeration<String> getHeaders(String name) {
      return Collections.enumeration(List.of(getHeader(name)));
    }

    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(NAMES);
    }

    public String getContentType() {
      return null;
    }

    public long getContentLengthLong() {
      return -1;
    }

    public String getRemoteUser() {
      return null;
    }

    public String getAuthType() {
      return null;
    }
  }

  private static ChainRequest request(Map<String, String> environ) {
    Mount mount =
        new Mount(
            Fake.of(ServletContext.class, new Exchanges.Root()),
            null,
            -1,
            1024, // as by default, bodies of unknown length are read ahead
            Mount.UnderscoreHeaders.ALLOW,
            Set.of());
    HttpServletRequest sent = Fake.of(HttpServletRequest.class, new Request());
    HttpServletResponse response = Fake.of(HttpServletResponse.class, new Object());
    Exchange exchange = new Exchange(sent, response, mount, Observer.NONE);
    exchange.lend((request, unused) -> {});
    return ChainEnviron.request(exchange, environ);
  }

  @Test
  void headersThatShareKeyStayApartUnlessPythonChangesThem() {
    ChainRequest request = request(Map.of("HTTP_X_USER", "a,b"));
    assertEquals("a", request.getHeader("X-User"));
    assertEquals("b", request.getHeader("X_User"));
    assertEquals("c", request(Map.of("HTTP_X_USER", "c")).getHeader("X-User"));
  }

  @Test
  void typeAndLengthCanBeAdded() {
    Map<String, String> given = Map.of("CONTENT_TYPE", "text/plain", "CONTENT_LENGTH", "2");
    ChainRequest request = request(given);
    assertEquals("text/plain", request.getContentType());
    assertEquals("2", request.getHeader("Content-Length"));
    request = request(Map.of("CONTENT_TYPE", "", "CONTENT_LENGTH", ""));
    assertEquals(null, request.getContentType());
    assertEquals(null, request.getHeader("Content-Length"));
  }
}
