package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isthmus.Fake;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;

/** Which headers with an underscore reach environ, beside one that a proxy sets with a hyphen. */
class UnderscoreHeadersTest {
  private static final Map<String, String> SENT = Map.of("X-User", "alice", "X_User", "mallory");

  /** What a request answers about its headers. */
  public static final class Request {
    public String getProtocol() {
      return "HTTP/1.1";
    }

    public Enumeration<String> getHeaders(String name) {
      return Collections.enumeration(List.of(SENT.get(name)));
    }

    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(SENT.keySet());
    }
  }

  private final HttpServletRequest request = Fake.of(HttpServletRequest.class, new Request());

  private static Mount mount(Mount.UnderscoreHeaders rule, Set<String> allowed) {
    ServletContext context = Fake.of(ServletContext.class, new Exchanges.Root());
    return new Mount(context, null, -1, rule, allowed);
  }

  /** Returns key and value of each header, sorted. */
  private List<String> shown(Mount mount) {
    List<String> shown = new ArrayList<>();
    RequestHeaders.forEach(
        request, mount, (name, value) -> shown.add(RequestHeaders.variable(name) + "=" + value));
    Collections.sort(shown);
    return shown;
  }

  @Test
  void isDroppedByDefault() {
    Mount drop = mount(Mount.UnderscoreHeaders.DROP, Set.of());
    assertEquals(List.of("HTTP_X_USER=alice"), shown(drop));
    RequestHeaders.refuseUnderscores(request, drop);
  }

  @Test
  void isRefusedByName() {
    Mount refuse = mount(Mount.UnderscoreHeaders.REFUSE, Set.of());
    WsgiException refusal =
        assertThrows(WsgiException.class, () -> RequestHeaders.refuseUnderscores(request, refuse));
    assertEquals(Rule.UNDERSCORE_REFUSED, refusal.rule());
    assertEquals(true, refusal.getMessage().contains("'X_User'"));
  }

  @Test
  void hasTheKeyOfTheHyphensIfAllowed() {
    List<String> both = List.of("HTTP_X_USER=alice", "HTTP_X_USER=mallory");
    assertEquals(both, shown(mount(Mount.UnderscoreHeaders.ALLOW, Set.of())));
    Mount listed = mount(Mount.UnderscoreHeaders.REFUSE, Set.of("x_user"));
    assertEquals(both, shown(listed));
    RequestHeaders.refuseUnderscores(request, listed);
  }
}
