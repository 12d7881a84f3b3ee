// The request body cannot be read: what the client did wrong, and the status that it gets.
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
 * Reading the body failed, but the client may still be connected. Python code sees an IOError.
 *
 * <p>Containers wrap Java's exceptions in their own.
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
        // Jetty reports a malformed chunk in the same way as a body that ends too early.
        return new BodyBroken("the request body is incomplete: " + cause, 400, cause);
      }
      if (one instanceof TimeoutException || one instanceof InterruptedIOException) {
        return new BodyBroken("the client sent nothing for too long: " + cause, 408, cause);
      }
    }
    return new BodyBroken(Rule.BODY_BROKEN.message(cause), 400, cause);
  }

  /** Returns the status for the client, if it can still get one. */
  int status() {
    return status;
  }

  /** Returns true if the client broke the rules of HTTP, rather than going away or being slow. */
  boolean isMalformed() {
    return getMessage().startsWith(Rule.BODY_BROKEN.code());
  }
}
