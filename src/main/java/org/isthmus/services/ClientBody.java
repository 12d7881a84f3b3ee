// The client's body for Java code: if it cannot be read, that is the client's fault.
package org.isthmus.services;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Records the container's exceptions, so that they do not count as the application's. */
final class ClientBody extends BlockInput {
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

  /**
   * Returns what to throw when the container failed to read the body's parts: it also stores them,
   * so only an exception of the connection is the client's fault. If the client is too slow, that
   * is a SocketTimeoutException on Tomcat, and a TimeoutException on Jetty.
   */
  static IOException ofParts(IOException cause, Function<Exception, IOException> fault) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof EOFException
          || one instanceof SocketException
          || one instanceof SocketTimeoutException
          || one instanceof TimeoutException) {
        return fault.apply(cause);
      }
    }
    return cause;
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
