// A str of characters that are known to be octets.
package org.isthmus.engine.jython;

import org.python.core.PyString;

/**
 * A str whose characters need no check.
 *
 * <p>PyString's public constructor checks each character, which costs as much as reading a large
 * body from the socket. Python sees the type {@code str}.
 */
final class ByteString extends PyString {
  ByteString(String octets) {
    super(TYPE, octets, true);
  }
}
