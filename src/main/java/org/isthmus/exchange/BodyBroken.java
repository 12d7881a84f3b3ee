// The request's body cannot be read to its end: what the client did, and what it is answered.
package org.isthmus.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.isthmus.errors.Rule;

/**
 * Reading from the client failed while it may still be there. Python code sees it as an IOError.
 *
 * <p>Containers say what has happened by exceptions of their own, below which are Java's.
 */
final class BodyBroken extends IOException {
  private final int status;

  private BodyBroken(String message, int status, Exception cause) {
    super(message, cause);
    this.status = status;
  }

  /** Returns the exception for one that a container has thrown. */
  static IOException of(Exception cause) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      String message = String.valueOf(one.getMessage()).toLowerCase(Locale.ROOT);
      if (one instanceof SocketException
          || one instanceof ClosedChannelException
          || message.contains("reset")
          || message.contains("broken pipe")) {
        return new ClientGone(cause);
      }
      if (one instanceof EOFException) {
        // Jetty says no more of a chunk that is none: it reads nothing after it.
        return new BodyBroken("the request body is incomplete: " + cause, 400, cause);
      }
      if (one instanceof TimeoutException || one instanceof InterruptedIOException) {
        return new BodyBroken("the client sent nothing for too long: " + cause, 408, cause);
      }
    }
    return new BodyBroken(Rule.BODY_BROKEN.message(cause), 400, cause);
  }

  /** Returns the status that the client is answered with, if it can be. */
  int status() {
    return status;
  }

  /** Returns true if the client has broken a rule, and has not just gone or been slow. */
  boolean isMalformed() {
    return getMessage().startsWith(Rule.BODY_BROKEN.code());
  }
}
