package org.isthmus.services;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.isthmus.Fake;
import org.junit.jupiter.api.Test;

/** What Java code asks a request that Python has changed. */
class ChainRequestTest {
  /** What the tests let the container's request answer: nothing about its body. */
  public static final class Request {
    public String getQueryString() {
      return "q=1&&n=gr%C3%BC+n&q=2&bad=%zz&empty";
    }
  }

  @Test
  void parametersAreTheQuerysIfPythonHasTheBody() {
    HttpServletRequest sent = Fake.of(HttpServletRequest.class, new Request());
    ChainRequest request = new ChainRequest(sent, Map.of());
    request.setBody(new ByteArrayInputStream(new byte[0]));
    assertEquals("1", request.getParameter("q"));
    assertArrayEquals(new String[] {"1", "2"}, request.getParameterValues("q"));
    assertEquals("gr\u00fc n", request.getParameter("n"));
    assertEquals("", request.getParameter("empty"));
    assertEquals(null, request.getParameter("none"));
    assertEquals(List.of("q", "n", "empty"), Collections.list(request.getParameterNames()));
    assertThrows(IllegalStateException.class, request::getParts);
    assertThrows(IllegalStateException.class, () -> request.getPart("q"));
  }
}
