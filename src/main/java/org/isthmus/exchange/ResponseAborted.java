// Thrown to the container to make it cut the connection of a response that cannot be completed.
package org.isthmus.exchange;

import java.io.IOException;

/**
 * The response's head is out and its body cannot be completed.
 *
 * <p>Servlet containers close the connection without ending the body when a servlet throws after
 * the response is committed, so the client notices. This exception has no stack trace, because the
 * reason is already logged.
 */
public final class ResponseAborted extends IOException {
  ResponseAborted(String message) {
    super(message);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
