// The client's body for Java code: if it cannot be read, that is the client's fault.
package org.isthmus.services;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;

/** Has the container's exceptions recorded, so that they do not count as the application's. */
final class ClientBody extends ServletInputStream {
  private final ServletInputStream body;
  private final Function<Exception, IOException> fault;

  /**
   * Wraps the container's stream.
   *
   * @param fault records an exception of it, and returns the one to throw
   */
  ClientBody(ServletInputStream body, Function<Exception, IOException> fault) {
    this.body = body;
    this.fault = fault;
  }

  /** Wraps the container's reader in the same way. */
  static BufferedReader reader(BufferedReader body, Function<Exception, IOException> fault) {
    return new BufferedReader(
        new FilterReader(body) {
          @Override
          public int read(char[] into, int offset, int length) throws IOException {
            try {
              return in.read(into, offset, length);
            } catch (IOException | RuntimeException e) {
              throw fault.apply(e);
            }
          }
        });
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length); // the caller's fault
    try {
      return body.read(into, offset, length);
    } catch (IOException | RuntimeException e) {
      // RuntimeException: Jetty's BadMessageException, for a malformed chunk.
      throw fault.apply(e);
    }
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }
}
