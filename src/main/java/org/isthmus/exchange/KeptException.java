// The exception of a broken request body, which Tomcat keeps for the client to see.
package org.isthmus.exchange;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;

/**
 * If the body cannot be read, Tomcat calls sendError, and sets the exception as the request's
 * attribute: its error page would show the stack trace, with Python's functions in it.
 *
 * <p><b>Threading.</b> The exchange's thread.
 */
final class KeptException {
  private static final String READER = "org.apache.catalina.connector.InputBuffer";

  private final HttpServletRequest request;
  private final Object before;
  private boolean found;

  /** Notes the exception that this request is an error page for, if it is one. */
  KeptException(HttpServletRequest request) {
    this.request = request;
    this.before = current();
  }

  private Object current() {
    return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
  }

  /** Returns false for one that Java code has set, for its error page to show. */
  private static boolean isOfBody(IOException exception) {
    return Arrays.stream(exception.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(READER));
  }

  /** Takes the exception off the request; returns true if there was one, now or before. */
  boolean take() {
    Object current = current();
    if (current != before && current instanceof IOException && isOfBody((IOException) current)) {
      found = true;
      request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, before); // null removes it
    }
    return found;
  }
}
