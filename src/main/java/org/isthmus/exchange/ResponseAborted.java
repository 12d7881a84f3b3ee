// Thrown to the container to make it cut a connection whose response cannot be completed.
package org.isthmus.exchange;

import java.io.IOException;

/**
 * The response's head is out and its body cannot be completed.
 *
 * <p>Servlet containers close the connection without ending the body when a servlet throws after
 * the response is committed, so the client can tell. It has no stack: the reason is logged before.
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
