// A start that failed: logged once, in full, and thrown without what a client may not see.
package org.isthmus;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * What a servlet's or filter's init throws when its application cannot be loaded.
 *
 * <p>Containers log an exception of init each in its own way: Tomcat a servlet's innermost cause
 * alone, Jetty a traceback on one line. And where a servlet starts with its first request, Tomcat
 * shows all of it to the client. So the log gets the whole of it from here, with the Python
 * traceback and every cause, and this exception has neither a cause nor a stack.
 */
final class StartFailure extends ServletException {
  private StartFailure(String message) {
    super(message);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** Logs why a component of a web application did not start; returns what to throw. */
  static StartFailure of(WsgiException failure, ServletContext context) {
    String path = context.getContextPath();
    String message = Rule.START_FAILED.message(path.isEmpty() ? "/" : path, failure.rule().code());
    System.getLogger("org.isthmus").log(System.Logger.Level.ERROR, message, failure);
    return new StartFailure(message);
  }
}
