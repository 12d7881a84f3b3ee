// Makes proxy classes (Python subclasses of Java classes) link to the running copy of Jython.
package org.isthmus.engine.jython.boot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes Jython's {@code BytecodeLoader.Loader} ask the loader of a superclass last instead of
 * first.
 *
 * <p>A Spring Boot jar contains Jython, of which Isthmus runs a copy (NestedJython). The loader of
 * a superclass, such as netty's in {@code socket}, finds the other Jython, which has no
 * interpreter: "Automatic proxy initialization should only occur on proxy classes". The first to be
 * asked is then Jython's own loader, whose parents find the superclass too.
 */
final class ProxyParents {
  private static final String CLASS = "org.python.core.BytecodeLoader$Loader";
  private static final byte[] FIRST = constant("addFirst");
  private static final byte[] LAST = constant("addLast");

  private ProxyParents() {}

  /** Returns the bytes from which to define one of Jython's classes. */
  static byte[] of(String name, byte[] content) {
    if (!name.equals(CLASS)) {
      return content;
    }
    for (int i = 0; i <= content.length - FIRST.length; i++) {
      if (Arrays.equals(content, i, i + FIRST.length, FIRST, 0, FIRST.length)) {
        int rest = i + FIRST.length;
        return ByteBuffer.allocate(content.length - FIRST.length + LAST.length)
            .put(content, 0, i)
            .put(LAST)
            .put(content, rest, content.length - rest)
            .array();
      }
    }
    return content;
  }

  /** A name in the constants of a class, of which there is one (JVMS 4.4.7). */
  private static byte[] constant(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(3 + text.length)
        .put((byte) 1)
        .putShort((short) text.length)
        .put(text)
        .array();
  }
}
