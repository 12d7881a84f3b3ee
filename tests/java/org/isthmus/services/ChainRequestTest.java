package org.isthmus.services;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.isthmus.Fake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What Java code asks a request that Python has changed. */
class ChainRequestTest {
  /** What the tests let the container's request answer: its body cannot be read. */
  public static final class Request {
    public ServletInputStream getInputStream() {
      return new Broken();
    }

    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(new Broken(), US_ASCII));
    }

    public String getQueryString() {
      return "q=1&&n=gr%C3%BC+n&q=2&bad=%zz&empty";
    }
  }

  /** A request whose parts the container cannot read. */
  public static final class Parts {
    private final IOException failure;

    Parts(IOException failure) {
      this.failure = failure;
    }

    public Collection<Part> getParts() throws IOException {
      return List.of(getPart(""));
    }

    public Part getPart(String name) throws IOException {
      if (failure != null) {
        throw failure;
      }
      return null;
    }
  }

  private static final class Broken extends ServletInputStream {
    @Override
    public int read() throws IOException {
      throw new EOFException("of the container");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return read();
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {}
  }

  private static IOException fault(Exception cause) {
    return new IOException("the client's fault", cause);
  }

  @Test
  void bodyThatCannotBeReadIsTheClientsFault() throws IOException {
    HttpServletRequest sent = Fake.of(HttpServletRequest.class, new Request());
    ChainRequest request = new ChainRequest(sent, Map.of(), ChainRequestTest::fault);
    InputStream stream = request.getInputStream();
    assertSame(stream, request.getInputStream());
    assertFault(stream::read);
    assertFault(stream::readAllBytes);
    assertThrows(IndexOutOfBoundsException.class, () -> stream.read(new byte[1], 0, 2));
    assertFault(new ChainRequest(sent, Map.of(), ChainRequestTest::fault).getReader()::readLine);
  }

  private static void assertFault(Executable read) {
    IOException raised = assertThrows(IOException.class, read);
    assertEquals("the client's fault", raised.getMessage());
    assertEquals(EOFException.class, raised.getCause().getClass());
  }

  @Test
  void partsThatTheClientCutShortAreTheClientsFault() {
    ChainRequest request = withParts(new IOException("container's", new EOFException("early")));
    assertEquals(
        "the client's fault", assertThrows(IOException.class, request::getParts).getMessage());
    assertEquals(
        "the client's fault",
        assertThrows(IOException.class, () -> request.getPart("q")).getMessage());
  }

  @Test
  void partsThatTheClientSendsTooSlowlyAreTheClientsFault() {
    ChainRequest request = withParts(new IOException("Tomcat's", new SocketTimeoutException()));
    assertEquals(
        "the client's fault", assertThrows(IOException.class, request::getParts).getMessage());
  }

  @Test
  void partsThatCannotBeStoredAreNotTheClientsFault() {
    IOException full = new IOException("No space left on device");
    assertSame(full, assertThrows(IOException.class, withParts(full)::getParts));
  }

  private static ChainRequest withParts(IOException failure) {
    HttpServletRequest sent = Fake.of(HttpServletRequest.class, new Parts(failure));
    return new ChainRequest(sent, Map.of(), ChainRequestTest::fault);
  }

  @Test
  void bodyOfPythonGoesToItsEndIfTheLengthIsNone() throws IOException {
    HttpServletRequest sent = Fake.of(HttpServletRequest.class, new Request());
    for (String length : List.of("", "many", "-1", "1 2", "9".repeat(20))) {
      Map<String, String> headers = Map.of("content-length", length);
      ChainRequest request = new ChainRequest(sent, headers, ChainRequestTest::fault);
      InputStream body = new ByteArrayInputStream(new byte[3]);
      request.setBody(body::readNBytes);
      assertEquals(-1, request.getContentLengthLong(), length);
      assertEquals(3, request.getInputStream().readAllBytes().length, length);
    }
  }

  @Test
  void parametersAreTheQuerysIfPythonHasTheBody() {
    HttpServletRequest sent = Fake.of(HttpServletRequest.class, new Request());
    ChainRequest request = new ChainRequest(sent, Map.of(), ChainRequestTest::fault);
    request.setBody(max -> new byte[0]);
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
