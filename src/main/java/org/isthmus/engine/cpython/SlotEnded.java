// A slot was given up, or its worker ended, before the response was complete.
package org.isthmus.engine.cpython;

import java.io.IOException;

/** Has no stack trace: the reason is logged where it is known. */
final class SlotEnded extends IOException {
  SlotEnded() {
    super("the worker has ended, or the request was given up");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
