// A worker has sent what the protocol does not allow, so nothing that follows can be understood.
package org.isthmus.engine.cpython;

import java.io.IOException;

/** Ends the worker (docs/worker-protocol.md). */
final class BadFrame extends IOException {
  BadFrame(String what) {
    super("a worker has sent " + what);
  }

  BadFrame(String what, Throwable cause) {
    super("a worker has sent " + what, cause);
  }
}
