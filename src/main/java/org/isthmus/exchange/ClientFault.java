// What the client did wrong: it closed the connection, or sent a bad request body.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Keeps the last exception that reading from or writing to the client has thrown, if any.
 *
 * <p><b>Threading.</b> One thread at a time, like its exchange.
 */
final class ClientFault {
  private final KeptException kept;
  private IOException exception;
  private boolean writeFailed;
  private boolean tooLarge;

  ClientFault(HttpServletRequest request) {
    this.kept = new KeptException(request);
  }

  /** Records that writing to the client failed; returns the exception to throw. */
  ClientGone gone(Exception cause) {
    ClientGone gone = new ClientGone(cause);
    writeFailed = true;
    exception = gone;
    return gone;
  }

  /** Records that reading the request's body failed; returns the exception to throw. */
  IOException unreadable(Exception cause) {
    exception = BodyBroken.of(cause);
    return exception;
  }

  /** Records that the request's body is larger than allowed; returns the exception to throw. */
  WsgiException tooLarge(long max) {
    tooLarge = true;
    return new WsgiException(Rule.REQUEST_TOO_LARGE, max);
  }

  /** Returns true if the request's body proved larger than allowed. */
  boolean isTooLarge() {
    return tooLarge;
  }

  /** Returns the exception, or null if the client has done nothing wrong. */
  IOException exception() {
    return exception;
  }

  /** Returns what to throw for an exception of the container's output stream. */
  IOException failed(Exception cause) throws IOException {
    if (cause instanceof WsgiException) {
      throw (WsgiException) cause;
    }
    return gone(cause);
  }

  /** Returns true if the container may have answered already, for a body that is broken. */
  boolean isAnswered() {
    return exception != null || kept.take();
  }

  /** Keeps the container from showing the client a stack trace. */
  void hide() {
    kept.take();
  }

  /** Returns true if writing has failed, so that no more of the response can be sent. */
  boolean hasWriteFailed() {
    return writeFailed;
  }

  /** Returns true if the client went away, or ended its request before it was complete. */
  boolean isGone() {
    return exception instanceof ClientGone || (exception instanceof BodyBroken && !isMalformed());
  }

  /** Returns true if the client sent a body that breaks the rules of HTTP. */
  boolean isMalformed() {
    return exception instanceof BodyBroken && ((BodyBroken) exception).isMalformed();
  }

  /** Returns true if a failure is, or was caused by, that exception. */
  boolean isCauseOf(Throwable failure) {
    for (Throwable one = failure; exception != null && one != null; one = one.getCause()) {
      if (one == exception) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the status to answer with.
   *
   * @param status for a failure that the client's request body has not caused
   */
  int statusOr(int status) {
    return exception instanceof BodyBroken ? ((BodyBroken) exception).status() : status;
  }
}
