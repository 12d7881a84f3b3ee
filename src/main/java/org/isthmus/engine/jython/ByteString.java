// A str made of octets that need no second look.
package org.isthmus.engine.jython;

import org.python.core.PyString;

/**
 * A str whose characters are known to be octets.
 *
 * <p>PyString's public constructor looks at each character, which costs as much as reading a large
 * body from the socket. Python sees the type {@code str}.
 */
final class ByteString extends PyString {
  ByteString(String octets) {
    super(TYPE, octets, true);
  }
}
