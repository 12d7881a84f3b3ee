// The body of a request, as Python has it for Java code.
package org.isthmus.services;

import java.io.IOException;

/** Reads what Python has put into wsgi.input, or left in it. */
@FunctionalInterface
public interface PythonBody {
  /**
   * Returns octets: as many as there are, none at the end.
   *
   * @param max at least 1
   */
  byte[] read(int max) throws IOException;
}
