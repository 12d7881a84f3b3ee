package org.isthmus.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.Fake;
import org.junit.jupiter.api.Test;

/** What Java code calls on a response that is Python's. */
class ChainResponseTest {
  private final List<String> calls = new ArrayList<>();
  private final ChainSink sink =
      new ChainSink() {
        @Override
        public void start(String status, List<String> fields) {
          calls.add(status + " " + fields);
        }

        @Override
        public void write(byte[] octets) {
          calls.add("write " + octets.length);
        }
      };
  private final ChainResponse response =
      new ChainResponse(Fake.of(HttpServletResponse.class, new Object()), sink);

  @Test
  void fieldsOfTheConnectionAreTheContainers() throws IOException {
    response.setHeader("Connection", "keep-alive");
    response.setHeader("X-Other", "kept");
    response.addHeader("transfer-encoding", "chunked");
    response.finish();
    assertEquals(List.of("200 OK [X-Other, kept]"), calls);
    assertEquals("keep-alive", response.getHeader("Connection"));
  }

  @Test
  void errorReplacesWhatAWriterHolds() throws IOException {
    // The writer holds some of it, so the buffer is less than full until that is passed on.
    response.setBufferSize(10_000);
    response.getWriter().print("x".repeat(16_000));
    response.sendError(410);
    assertEquals(0, response.finish().length);
    assertEquals("410 Gone", String.join(";", calls).substring(0, 8));
    assertEquals(1, calls.size());
  }

  @Test
  @SuppressWarnings("deprecation")
  void methodsOfOtherServletVersionsAreItsOwn() throws IOException {
    response.setStatus(403, "no");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setContentType("text/plain");
    response.getWriter().print("\u00e4");
    assertEquals(2, response.finish().length);
    assertEquals(List.of("403 Forbidden [Content-Type, text/plain;charset=UTF-8]"), calls);
  }
}
