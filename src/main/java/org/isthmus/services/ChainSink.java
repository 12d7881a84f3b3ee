// Where the response of the rest of a filter chain goes.
package org.isthmus.services;

import java.io.IOException;
import java.util.List;

/** start_response, and the write callable that it returns. */
public interface ChainSink {
  /**
   * Begins the response.
   *
   * @param status with its reason phrase
   * @param fields name, value, name, value ...
   * @throws IOException if Python no longer waits for it
   */
  void start(String status, List<String> fields) throws IOException;

  /**
   * Sends octets at once.
   *
   * @throws IOException if they cannot be sent, as when the client has gone
   */
  void write(byte[] octets) throws IOException;
}
