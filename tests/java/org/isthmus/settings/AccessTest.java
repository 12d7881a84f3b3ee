package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.isthmus.Fake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may look. */
class AccessTest {
  /** What the tests let a request answer. */
  public static final class Request {
    private final String local;
    private final String remote;
    private final String host;
    private final Map<String, String> headers;

    Request(String local, String remote, String host, Map<String, String> headers) {
      this.local = local;
      this.remote = remote;
      this.host = host;
      this.headers = headers;
    }

    public String getLocalAddr() {
      return local;
    }

    public String getRemoteAddr() {
      return remote;
    }

    public String getServerName() {
      return host;
    }

    public String getHeader(String name) {
      return headers.get(name);
    }

    public boolean isUserInRole(String role) {
      return role.equals("operator");
    }
  }

  private static boolean isLocal(
      String local, String remote, String host, Map<String, String> headers) {
    Request request = new Request(local, remote, host, headers);
    return Access.LOOPBACK.allows(Fake.of(HttpServletRequest.class, request), null);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, localhost",
    "127.0.0.2, 127.0.0.1, 127.0.0.1",
    "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1, [::1]",
    "[0:0:0:0:0:0:0:1], [0:0:0:0:0:0:0:1], LOCALHOST",
  })
  void thisMachineIsLocal(String local, String remote, String host) {
    assertTrue(isLocal(local, remote, host, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    // A valve has believed X-Forwarded-For: 127.0.0.1 of a client in the internal network.
    "10.0.0.5, 127.0.0.1, localhost",
    "127.0.0.1, 203.0.113.9, localhost",
    "10.0.0.5, 10.0.0.5, 10.0.0.5",
    // A page of a stranger's whose name leads to this machine.
    "127.0.0.1, 127.0.0.1, rebound.example",
    "127.0.0.1, 127.0.0.1, localhost.example",
    "bad.cafe, 127.0.0.1, localhost",
    "'', '', localhost",
    ", , localhost",
  })
  void anythingElseIsNot(String local, String remote, String host) {
    assertFalse(isLocal(local, remote, host, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"})
  void whatHasPassedAProxyIsNot(String header) {
    assertFalse(isLocal("127.0.0.1", "127.0.0.1", "localhost", Map.of(header, "127.0.0.1")));
  }

  @Test
  void othersLookAtNoAddress() {
    HttpServletRequest any =
        Fake.of(HttpServletRequest.class, new Request(null, null, null, Map.of()));
    assertFalse(Access.OFF.allows(any, null));
    assertTrue(Access.ALL.allows(any, null));
    assertTrue(Access.ROLE.allows(any, "operator"));
    assertFalse(Access.ROLE.allows(any, "member"));
    assertEquals(Access.LOOPBACK, Access.of("loopback"));
  }
}
