// The response of an included resource: its body is kept, its head has no effect.
package org.isthmus.services;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Keeps octets. Text is UTF-8, whatever the resource calls it: an included resource cannot set the
 * encoding (Servlet 5.0, 9.3), and the application has to know it.
 */
final class IncludedResponse extends HttpServletResponseWrapper {
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private ServletOutputStream stream;
  private PrintWriter writer;
  private boolean reached;

  IncludedResponse(HttpServletResponse response) {
    super(response);
  }

  /** Tomcat puts a wrapper of its own below this one just before it calls the resource. */
  @Override
  public void setResponse(ServletResponse response) {
    reached = true;
    super.setResponse(response);
  }

  /** Returns whether Tomcat has put its wrapper below. */
  boolean isReached() {
    return reached;
  }

  byte[] octets() {
    if (writer != null) {
      writer.flush();
    }
    return octets.toByteArray();
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter has been called");
    }
    if (stream == null) {
      stream = new Kept();
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() {
    if (stream != null) {
      throw new IllegalStateException("getOutputStream has been called");
    }
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(octets, StandardCharsets.UTF_8));
    }
    return writer;
  }

  @Override
  public String getCharacterEncoding() {
    return StandardCharsets.UTF_8.name();
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void flushBuffer() {
    // Nothing of it is sent before the application sends it.
  }

  @Override
  public void resetBuffer() {
    octets(); // what the writer has not yet passed on
    octets.reset();
  }

  @Override
  public void reset() {
    resetBuffer();
  }

  @Override
  public void setBufferSize(int size) {
    // There is no limit.
  }

  private final class Kept extends ServletOutputStream {
    private boolean closed; // as after a forward

    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] block, int offset, int length) {
      if (!closed) {
        octets.write(block, offset, length);
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("an included resource writes synchronously");
    }
  }
}
