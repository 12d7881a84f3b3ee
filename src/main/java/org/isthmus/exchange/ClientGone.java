// The client disconnected during an exchange: not the application's error.
package org.isthmus.exchange;

import java.io.IOException;

/** Reading from or writing to the client failed. Python code sees an IOError. */
public final class ClientGone extends IOException {
  ClientGone(Throwable cause) {
    super("the client closed the connection: " + cause, cause);
  }
}
