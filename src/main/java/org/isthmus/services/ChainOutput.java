// The body of a response for Python: kept until the buffer is full or flushed, then passed on.
package org.isthmus.services;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;

/** The first octets that go out commit the head (Servlet 5.0, 5.1). */
final class ChainOutput extends ServletOutputStream {
  private static final int SIZE = 8 * 1024;

  private final ChainSink sink;
  private final ChainResponse response;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int size = SIZE;
  private boolean committed;
  private boolean closed;
  private boolean clearing; // what a writer passes on is dropped
  private boolean quiet; // a writer passes on what it has, and that is no flush

  ChainOutput(ChainSink sink, ChainResponse response) {
    this.sink = sink;
    this.response = response;
  }

  /** Returns a writer that ends the body when it is closed, without a flush. */
  PrintWriter writer(String encoding) throws UnsupportedEncodingException {
    return new PrintWriter(new OutputStreamWriter(this, encoding)) {
      @Override
      public void close() {
        quiet = true;
        try {
          super.close();
        } finally {
          quiet = false;
        }
      }
    };
  }

  boolean isCommitted() {
    return committed || closed;
  }

  int size() {
    return size;
  }

  void resize(int minimum) {
    size = Math.max(size, minimum);
  }

  /** Discards what is buffered, here and in a writer. */
  void clear(PrintWriter writer) {
    clearing = true;
    take(writer);
    clearing = false;
    kept.reset();
  }

  /** Passes the head on unless it has been; returns the rest of the body. */
  byte[] finish(PrintWriter writer) throws IOException {
    take(writer);
    closed = true;
    begin();
    byte[] left = kept.toByteArray();
    kept.reset();
    return left;
  }

  private void take(PrintWriter writer) {
    if (writer != null) {
      quiet = true;
      writer.flush();
      quiet = false;
    }
  }

  private void begin() throws IOException {
    if (!committed) {
      sink.start(response.statusLine(), response.head());
      committed = true;
    }
  }

  private void passOn() throws IOException {
    begin();
    if (kept.size() > 0) {
      byte[] octets = kept.toByteArray();
      kept.reset();
      sink.write(octets);
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] block, int offset, int length) throws IOException {
    if (closed || clearing) {
      return; // closed as after sendError
    }
    kept.write(block, offset, length);
    if (kept.size() >= size) {
      passOn();
    }
  }

  @Override
  public void flush() throws IOException {
    if (!closed && !quiet) {
      passOn();
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
    throw new IllegalStateException("this response is written synchronously");
  }
}
