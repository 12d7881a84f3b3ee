// The seam between the program, which needs Java alone, and the server that it finds in the
// archive.
package org.isthmus.main;

import java.nio.file.Path;

/** A server for one web application. */
public interface Serving {
  /**
   * Starts the server, says on standard output where it is, and returns when it has been stopped.
   *
   * @param root the web application, as real files
   * @param temporary a directory for its temporary files
   * @throws org.isthmus.errors.WsgiException if it could not start
   */
  void serve(Path root, Path temporary, Options options);

  /** Takes no more connections, lets running requests end, and stops; any thread may call it. */
  void stop();
}
