// The interface between the program, which needs only Java, and the server in the archive.
package org.isthmus.launcher;

import java.nio.file.Path;

/** A server for one web application. */
public interface Serving {
  /**
   * Starts the server, prints its address on standard output, and returns when it has been stopped.
   *
   * @param root the web application, as real files
   * @param temporary a directory for its temporary files
   * @throws org.isthmus.errors.WsgiException if it could not start
   */
  void serve(Path root, Path temporary, Options options);

  /**
   * Stops accepting connections, lets running requests finish, and stops; any thread may call it.
   */
  void stop();
}
