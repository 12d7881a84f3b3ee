package org.isthmus;

import static org.isthmus.Messages.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which setting opens which page. */
class StatusServletTest {
  private static final String ROLE = "isthmus.status.role";
  private static final String STATUS = "isthmus.status.access";
  private static final String METRICS = "isthmus.metrics.access";

  /** What the tests let a ServletConfig answer. */
  public static final class Config {
    private final Map<String, String> params;

    Config(Map<String, String> params) {
      this.params = params;
    }

    public String getServletName() {
      return "status";
    }

    public ServletContext getServletContext() {
      return WebApp.empty().context();
    }

    public Enumeration<String> getInitParameterNames() {
      return Collections.enumeration(params.keySet());
    }

    public String getInitParameter(String name) {
      return params.get(name);
    }
  }

  /** A request from another machine, by a user who has the role "operator". */
  public static final class Asked {
    private final String page;

    Asked(String page) {
      this.page = page;
    }

    public String getRequestURI() {
      return "/test/isthmus/" + page;
    }

    /** Answered without a page. */
    public String getMethod() {
      return "OPTIONS";
    }

    public String getLocalAddr() {
      return "10.0.0.5";
    }

    public boolean isUserInRole(String role) {
      return role.equals("operator");
    }
  }

  /** What the tests let a HttpServletResponse answer. */
  public static final class Answer {
    private int status = HttpServletResponse.SC_OK;

    public void sendError(int code) {
      status = code;
    }

    public void setHeader(String name, String value) {
      // Allow.
    }
  }

  private static StatusServlet started(Map<String, String> params) throws ServletException {
    StatusServlet servlet = new StatusServlet();
    servlet.init(Fake.of(ServletConfig.class, new Config(params)));
    return servlet;
  }

  private static int asked(StatusServlet servlet, String page) throws Exception {
    Answer answer = new Answer();
    servlet.service(
        Fake.of(HttpServletRequest.class, new Asked(page)),
        Fake.of(HttpServletResponse.class, answer));
    return answer.status;
  }

  private static List<Integer> metricsAndStatus(Map<String, String> params) throws Exception {
    StatusServlet servlet = started(params);
    return List.of(asked(servlet, "metrics"), asked(servlet, "status.json"));
  }

  @ParameterizedTest
  @CsvSource({
    "off, off, 404, 404",
    "off, loopback, 404, 404",
    "off, role, 200, 404",
    "off, all, 200, 404",
    "role, off, 404, 200",
    "role, loopback, 404, 200",
    "role, all, 200, 200",
  })
  void metricsHaveAnAccessOfTheirOwn(String status, String metrics, int first, int second)
      throws Exception {
    Map<String, String> params = Map.of(STATUS, status, METRICS, metrics, ROLE, "operator");
    assertEquals(List.of(first, second), metricsAndStatus(params));
  }

  @Test
  void withoutItTheyHaveThatOfTheStatus() throws Exception {
    assertEquals(List.of(404, 404), metricsAndStatus(Map.of()));
    Map<String, String> params = Map.of(STATUS, "role", ROLE, "operator");
    assertEquals(List.of(200, 200), metricsAndStatus(params));
  }

  @ParameterizedTest
  @CsvSource({STATUS, METRICS})
  void roleMustBeNamed(String setting) {
    Exception refused =
        assertThrows(ServletException.class, () -> started(Map.of(setting, "role")));
    assertSays(refused.getMessage(), "IS0065", "IS0098");
  }

  @Test
  void statusIsNeverForEveryone() {
    Exception refused = assertThrows(ServletException.class, () -> started(Map.of(STATUS, "all")));
    assertSays(refused.getMessage(), "IS0065", "IS0002");
  }
}
