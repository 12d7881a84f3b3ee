package org.isthmus.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private final Container container = new Container();
  private final ChainResponse response =
      new ChainResponse(
          Fake.of(HttpServletRequest.class, container),
          Fake.of(HttpServletResponse.class, container),
          sink);

  /** A container that writes what is Japanese in Shift_JIS, and all else in UTF-8. */
  public static final class Container {
    private DispatcherType dispatcher = DispatcherType.REQUEST;
    private String type;
    private String encoding;
    private Locale locale;
    private boolean isWriting;

    public DispatcherType getDispatcherType() {
      return dispatcher;
    }

    public int getStatus() {
      return 404;
    }

    public String getContentType() {
      return type == null || encoding == null ? type : type + ";charset=" + encoding;
    }

    public void setContentType(String given) {
      if (given == null && isWriting) {
        throw new IllegalStateException("as Jetty's");
      }
      type = given;
      if (given == null) {
        encoding = null;
      }
    }

    public String getCharacterEncoding() {
      return encoding != null ? encoding : Locale.JAPANESE.equals(locale) ? "Shift_JIS" : "UTF-8";
    }

    public void setCharacterEncoding(String given) {
      encoding = given;
    }

    public void setLocale(Locale given) {
      locale = given;
    }
  }

  @Test
  void fieldsOfTheConnectionAreTheContainers() throws IOException {
    response.setHeader("Connection", "keep-alive");
    response.setHeader("X-Other", "kept");
    response.addHeader("transfer-encoding", "chunked");
    response.finish();
    assertEquals(List.of("404 Not Found [X-Other, kept]"), calls);
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

  @Test
  void encodingIsTheContainersWhichIsAskedInPassing() throws IOException {
    response.setContentType("text/html");
    response.setLocale(Locale.JAPANESE);
    response.getWriter();
    assertEquals("text/html;charset=Shift_JIS", response.getContentType());
    assertEquals(null, container.getContentType());
    assertEquals("UTF-8", container.getCharacterEncoding());
  }

  @Test
  void encodingOfWriterThatFilterHasTakenStays() throws IOException {
    container.setCharacterEncoding("UTF-16BE");
    container.isWriting = true;
    response.setContentType("text/html");
    response.getWriter();
    assertEquals("text/html;charset=UTF-16BE", response.getContentType());
    assertEquals("UTF-16BE", container.getCharacterEncoding());
  }

  @Test
  void encodingOfFilterBeforePythonCountsMoreThanLocale() throws IOException {
    container.setCharacterEncoding("ISO-8859-15");
    response.setContentType("text/html");
    response.setLocale(Locale.JAPANESE);
    response.getWriter();
    assertEquals("text/html;charset=ISO-8859-15", response.getContentType());
    assertEquals("ISO-8859-15", container.encoding);
    assertEquals(null, container.getContentType());
  }

  @Test
  @SuppressWarnings("deprecation")
  void includedServletChangesNothingButTheBody() throws IOException {
    response.getWriter().print("a");
    container.dispatcher = DispatcherType.INCLUDE; // as Jetty ee8 does
    response.setStatus(500);
    response.setStatus(500, "no");
    response.setContentType("image/png");
    response.setCharacterEncoding("UTF-16");
    response.setLocale(Locale.JAPANESE);
    response.setContentLength(1);
    response.addHeader("X-Included", "set");
    response.reset();
    response.sendError(410);
    response.sendRedirect("/elsewhere");
    response.getWriter().print("b");
    container.dispatcher = DispatcherType.REQUEST;
    response.getWriter().print("c");
    assertEquals("abc", new String(response.finish(), StandardCharsets.UTF_8));
    assertEquals(List.of("404 Not Found []"), calls);
  }

  @Test
  void headerHasWhatWsgiTakes() throws IOException {
    response.setHeader("X-Odd", "a\u00e9\u20ac\r\n\tb");
    response.setContentType("text/plain; title=\u20ac");
    response.setLocale(null);
    response.sendRedirect("/\u20ac");
    response.finish();
    String fields = "X-Odd, a\u00e9?  \tb, Location, /%E2%82%AC, Content-Type, text/plain; title=?";
    assertEquals(List.of("302 Found [" + fields + "]"), calls);
  }
}
