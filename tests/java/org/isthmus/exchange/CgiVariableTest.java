package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.isthmus.Fake;
import org.junit.jupiter.api.Test;

/** What variables are made of what a container answers. */
class CgiVariableTest {
  private String address = "127.0.0.1";
  private String protocol = "HTTP/2.0";
  private String scheme = "https";
  private String name = "shop.example";
  private int port = 443;
  private String field = "field.example";

  /** What a request answers. */
  public final class Request {
    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }

    public Object getAttribute(String attribute) {
      return null;
    }

    public String getRemoteAddr() {
      return address;
    }

    public String getProtocol() {
      return protocol;
    }

    public String getScheme() {
      return scheme;
    }

    public String getServerName() {
      return name;
    }

    public int getServerPort() {
      return port;
    }

    public Enumeration<String> getHeaders(String header) {
      return field == null
          ? Collections.emptyEnumeration()
          : Collections.enumeration(List.of(field));
    }
  }

  private Exchange exchange() {
    return new Exchange(
        Fake.of(HttpServletRequest.class, new Request()),
        Fake.of(HttpServletResponse.class, new Object()),
        new Mount(
            Fake.of(ServletContext.class, new Exchanges.Root()),
            null,
            -1,
            Mount.UnderscoreHeaders.DROP,
            Set.of()),
        Observer.NONE);
  }

  @Test
  void addressHasNoBrackets() {
    for (String sent : List.of("[0:0:0:0:0:0:0:1]", "[2001:db8::7]", "[fe80::1%eth0]")) {
      address = sent;
      String plain = sent.substring(1, sent.length() - 1);
      assertEquals(plain, CgiVariable.REMOTE_ADDR.of(exchange()));
      assertEquals(plain, CgiVariable.REMOTE_HOST.of(exchange()));
    }
    address = "192.0.2.7";
    assertEquals("192.0.2.7", CgiVariable.REMOTE_ADDR.of(exchange()));
    address = null;
    assertEquals(null, CgiVariable.REMOTE_ADDR.of(exchange()));
  }

  @Test
  void hostOfHttp2IsTheAuthority() {
    assertEquals("shop.example", exchange().header("host"));
    port = 8443;
    assertEquals("shop.example:8443", exchange().header("Host"));
    name = "2001:db8::7";
    assertEquals("[2001:db8::7]:8443", exchange().header("host"));
    scheme = "http";
    port = 80;
    name = "[::1]";
    assertEquals("[::1]", exchange().header("host"));
  }

  @Test
  void hostOfHttp1IsItsFieldOrNone() {
    protocol = "HTTP/1.1";
    assertEquals("field.example", exchange().header("host"));
    field = null;
    protocol = "HTTP/1.0";
    assertEquals(null, exchange().header("host"));
  }
}
