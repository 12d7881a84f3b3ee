package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.isthmus.Fake;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;

/** PATH_INFO where Python guards what Java serves. */
class GuardedPathTest {
  /** What the tests let a request answer; no servlet path: the container does not decode it. */
  public static final class Request {
    private final String sent;
    private final String mapped;

    Request(String sent, String mapped) {
      this.sent = sent;
      this.mapped = mapped;
    }

    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }

    public String getRequestURI() {
      return sent;
    }

    public HttpServletMapping getHttpServletMapping() {
      return null;
    }

    public String getServletPath() {
      if (mapped == null) {
        throw new IllegalArgumentException("Ambiguous URI encoding");
      }
      return mapped;
    }

    public String getPathInfo() {
      return null;
    }
  }

  private static RequestTarget target(String sent, String mapped) {
    Mount mount =
        new Mount(
            Fake.of(ServletContext.class, new Exchanges.Root()),
            null,
            -1,
            Mount.UnderscoreHeaders.DROP,
            Set.of());
    Request request = new Request(sent, mapped);
    RequestTarget target = new RequestTarget(Fake.of(HttpServletRequest.class, request), mount);
    target.guard();
    return target;
  }

  private static String pathInfo(String sent, String mapped) {
    RequestTarget target = target(sent, mapped);
    target.requireMapped();
    return target.path().pathInfo;
  }

  @Test
  void isThatOfTheContainer() {
    assertEquals("/admin/secret", pathInfo("/admin;x/secret", "/admin/secret"));
    assertEquals("/admin/secret", pathInfo("//admin/secret", "/admin/secret"));
    assertEquals("/gr\u00c3\u00bc%41;x", pathInfo("/gr%C3%BC%2541%3Bx", "/gr\u00fc%41;x"));
  }

  @Test
  void staysTheDirectoryOfAWelcomeFile() {
    assertEquals("/docs/", pathInfo("/docs/", "/docs/index.html"));
    assertEquals("/docs/index.html", pathInfo("/docs;x/", "/docs/index.html"));
  }

  @Test
  void isRefusedIfTheContainerDoesNotDecodeIt() {
    RequestTarget target = target("/a%2Fb", null);
    WsgiException refused = assertThrows(WsgiException.class, target::requireMapped);
    assertEquals(Rule.CHAIN_PATH, refused.rule());
    assertEquals("/a/b", target.path().pathInfo); // for the log
  }
}
