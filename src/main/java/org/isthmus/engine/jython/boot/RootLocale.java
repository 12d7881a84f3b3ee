// Makes Jython's classes fold case and format numbers as Python does, in any locale of the JVM.
package org.isthmus.engine.jython.boot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sends calls of {@code String.toLowerCase()}, {@code toUpperCase()} and {@code format(String,
 * Object...)} to {@link Root}, in the classes that make what Python programs see.
 *
 * <p>They use the JVM's default locale: in Turkish, the codec ASCII is looked up as ascıı; in
 * Arabic, dates and the name of jffi's native library get non-ASCII digits. The default belongs to
 * the container, and Jython has no other option. A static call takes from the stack what the
 * virtual one does, in as many octets (JVMS 6.5), so that nothing else changes.
 */
final class RootLocale {
  /** What folds case or formats numbers, but for Jython's console. */
  private static final Set<String> CLASSES =
      Set.of(
          "com.kenai.jffi.internal.StubLoader", // without its library, os lacks getpid and others
          "org.python.core.ArgParser",
          "org.python.core.BaseBytes",
          "org.python.core.IdImpl",
          "org.python.core.JavaProxyMap$26",
          "org.python.core.Options",
          "org.python.core.Py",
          "org.python.core.Py2kBuffer",
          "org.python.core.PyArray",
          "org.python.core.PyBaseCode",
          "org.python.core.PyBuiltinCallable$DefaultInfo",
          "org.python.core.PyByteArray",
          "org.python.core.PyBytecode",
          "org.python.core.PyBytecode$PyStack",
          "org.python.core.PyDictionary",
          "org.python.core.PyFloat",
          "org.python.core.PyFunction",
          "org.python.core.PyModule",
          "org.python.core.PyString",
          "org.python.core.PyStringMap",
          "org.python.core.PySystemState",
          "org.python.core.PyTraceback",
          "org.python.core.PyUnicode",
          "org.python.core.PyXRange",
          "org.python.core.SequenceIndexDelegate",
          "org.python.core.SyspathArchive",
          "org.python.core.buffer.BaseBuffer",
          "org.python.core.codecs",
          "org.python.core.exceptions",
          "org.python.core.imp",
          "org.python.core.stringlib.IntegerFormatter",
          "org.python.modules._codecs",
          "org.python.modules._csv.PyReader",
          "org.python.modules._hashlib",
          "org.python.modules._weakref.ReferenceType",
          "org.python.modules.itertools.combinations",
          "org.python.modules.jffi.CType$Array",
          "org.python.modules.jffi.CType$Pointer",
          "org.python.modules.jffi.DefaultInvokerFactory$BaseInvoker",
          "org.python.modules.jffi.JITInvoker",
          "org.python.modules.jffi.StructLayout",
          "org.python.modules.time.Time");

  private static final String TARGET = Root.class.getName().replace('.', '/');
  private static final byte[] STRING = "java/lang/String".getBytes(StandardCharsets.US_ASCII);
  private static final String TEXT = "Ljava/lang/String;";
  private static final String FOLD = "()" + TEXT;
  private static final Set<String> FOLDS = Set.of("toLowerCase" + FOLD, "toUpperCase" + FOLD);
  private static final String FORMAT = "format(" + TEXT + "[Ljava/lang/Object;)" + TEXT;

  private static final int INVOKEVIRTUAL = 0xB6;
  private static final int INVOKESTATIC = 0xB8;

  private final ByteBuffer in;
  private final ByteArrayOutputStream added = new ByteArrayOutputStream();
  private final DataOutputStream constants = new DataOutputStream(added);
  private final Map<Integer, Integer> moved = new HashMap<>();
  private int count;
  private int[] offsets;
  private int target;

  private RootLocale(byte[] content) {
    in = ByteBuffer.wrap(content.clone());
  }

  /** Returns the bytes from which to define one of Jython's classes. */
  static byte[] of(String name, byte[] content) throws IOException {
    return CLASSES.contains(name) ? new RootLocale(content).changed() : content;
  }

  private byte[] changed() throws IOException {
    int end = readConstants();
    target = addText(7, addUtf8(TARGET));
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] != 0 && tag(i) == 10 && is(at(at(i, 1), 1), STRING)) {
        String called = utf8(at(at(i, 3), 1)) + utf8(at(at(i, 3), 3));
        if (called.equals(FORMAT)) {
          in.putShort(offsets[i] + 1, (short) target);
        } else if (FOLDS.contains(called)) {
          String name = called.substring(0, called.indexOf('('));
          int named = addPair(12, addUtf8(name), addUtf8("(" + TEXT + ")" + TEXT));
          moved.put(i, addPair(10, target, named));
        }
      }
    }
    in.position(end + 6);
    in.position(in.position() + 2 + 2 * Short.toUnsignedInt(in.getShort(in.position())));
    skipMembers(false);
    skipMembers(true);
    return joined(end);
  }

  private byte[] joined(int end) {
    byte[] old = in.array();
    ByteBuffer out = ByteBuffer.allocate(old.length + added.size());
    out.put(old, 0, 8).putShort((short) count).put(old, 10, end - 10);
    return out.put(added.toByteArray()).put(old, end, old.length - end).array();
  }

  /** Notes where each constant is; returns where they end (JVMS 4.4). */
  private int readConstants() {
    count = Short.toUnsignedInt(in.getShort(8));
    offsets = new int[count];
    int position = 10;
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = position;
      switch (in.get(position)) {
        case 1:
          position += 3 + Short.toUnsignedInt(in.getShort(position + 1));
          break;
        case 5:
        case 6:
          i++; // these take two entries
          position += 9;
          break;
        case 7:
        case 8:
        case 16:
        case 19:
        case 20:
          position += 3;
          break;
        case 15:
          position += 4;
          break;
        default:
          position += 5;
      }
    }
    return position;
  }

  private int tag(int constant) {
    return in.get(offsets[constant]);
  }

  private int at(int constant, int offset) {
    return Short.toUnsignedInt(in.getShort(offsets[constant] + offset));
  }

  private String utf8(int constant) throws IOException {
    int position = offsets[constant] + 1;
    byte[] all = in.array();
    return new DataInputStream(new ByteArrayInputStream(all, position, all.length - position))
        .readUTF();
  }

  /** Returns true if a constant is that text, without an object for each of thousands. */
  private boolean is(int constant, byte[] text) {
    int from = offsets[constant] + 3;
    int length = at(constant, 1);
    return length == text.length && Arrays.equals(in.array(), from, from + length, text, 0, length);
  }

  private int addUtf8(String text) throws IOException {
    constants.writeByte(1);
    constants.writeUTF(text);
    return count++;
  }

  private int addText(int tag, int index) throws IOException {
    constants.writeByte(tag);
    constants.writeShort(index);
    return count++;
  }

  private int addPair(int tag, int first, int second) throws IOException {
    constants.writeByte(tag);
    constants.writeShort(first);
    constants.writeShort(second);
    return count++;
  }

  /** Passes fields, or methods and what is in their code (JVMS 4.5, 4.6). */
  private void skipMembers(boolean methods) throws IOException {
    for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
      in.position(in.position() + 6);
      for (int attributes = Short.toUnsignedInt(in.getShort()); attributes > 0; attributes--) {
        String name = utf8(Short.toUnsignedInt(in.getShort()));
        int length = in.getInt();
        int next = in.position() + length;
        if (methods && name.equals("Code")) {
          int code = in.position() + 8;
          change(code, code + in.getInt(code - 4));
        }
        in.position(next);
      }
    }
  }

  private void change(int from, int to) {
    for (int position = from; position < to; position += length(position, from)) {
      if (Byte.toUnsignedInt(in.get(position)) == INVOKEVIRTUAL) {
        Integer method = moved.get(Short.toUnsignedInt(in.getShort(position + 1)));
        if (method != null) {
          in.put(position, (byte) INVOKESTATIC);
          in.putShort(position + 1, method.shortValue());
        }
      }
    }
  }

  /** Returns how many octets an instruction has (JVMS 6.5). */
  private int length(int position, int from) {
    int code = Byte.toUnsignedInt(in.get(position));
    if (code == 0xAA || code == 0xAB) { // tableswitch, lookupswitch: padded to four
      int operands = position + 4 - (position - from) % 4;
      int rows = in.getInt(operands + 4);
      int end =
          code == 0xAB
              ? operands + 8 + 8 * rows
              : operands + 12 + 4 * (in.getInt(operands + 8) - rows + 1);
      return end - position;
    }
    if (code == 0xC4) { // wide
      return Byte.toUnsignedInt(in.get(position + 1)) == 0x84 ? 6 : 4;
    }
    return code < LENGTHS.length() ? LENGTHS.charAt(code) - '0' : 1;
  }

  /** Of the instructions from nop to jsr_w, in rows of 16. */
  private static final String LENGTHS =
      "1111111111111111"
          + "2323322222111111"
          + "1111111111111111"
          + "1111112222211111"
          + "1111111111111111"
          + "1111111111111111"
          + "1111111111111111"
          + "1111111111111111"
          + "1111311111111111"
          + "1111111113333333"
          + "3333333332001111"
          + "1133333335532311"
          + "3311043355";
}
