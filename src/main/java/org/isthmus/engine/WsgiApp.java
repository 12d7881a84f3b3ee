// A loaded WSGI application, whatever engine runs it.
package org.isthmus.engine;

import java.io.IOException;
import java.util.List;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Execution;

/** One application object, ready to be called. */
public interface WsgiApp extends Execution {
  /** Returns its name for the log: the value of {@code isthmus.app}, or the application found. */
  default String name() {
    return "";
  }

  /** Returns name, version and file of each module that its interpreter has loaded. */
  default List<List<String>> modules() {
    return List.of();
  }

  /** Returns the processes that it runs in; null if it runs in the JVM. */
  default WorkerGroup workers() {
    return null;
  }

  /**
   * Returns true if the engine itself serialises calls of an application that is not thread-safe
   * ({@link AppSpec#isMultithread}), in each of its processes. If false, the AppSource does.
   */
  default boolean isSerial() {
    return false;
  }

  /**
   * Calls the application for one request and sends its response.
   *
   * <p>If the application fails, logs that, and answers with an error.
   *
   * @throws IOException if the response was begun and cannot be completed; the container must then
   *     close the connection
   * @throws Unavailable if the engine cannot take the request now: nothing has been sent
   */
  void handle(Exchange exchange) throws IOException;
}
