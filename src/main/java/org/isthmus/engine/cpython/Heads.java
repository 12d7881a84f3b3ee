// The heads of responses, as workers send them.
package org.isthmus.engine.cpython;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.ResponseHead;
import org.isthmus.exchange.SafeText;

/** Decodes and checks them: status, name, value, name, value ... */
final class Heads {
  private Heads() {}

  /** Returns a head that has been checked before: status, name, value, name, value ... */
  static ResponseHead decoded(byte[] octets) throws BadFrame {
    int parts = 1;
    for (byte octet : octets) {
      parts += octet == 0 ? 1 : 0;
    }
    ResponseHead head = null;
    String name = null;
    int from = 0;
    for (int i = 0; i <= octets.length; i++) {
      if (i < octets.length && octets[i] != 0) {
        continue;
      }
      String part = new String(octets, from, i - from, StandardCharsets.ISO_8859_1);
      from = i + 1;
      if (head == null) {
        head = new ResponseHead(part, parts / 2);
      } else if (name == null) {
        name = part;
      } else {
        head.add(name, part);
        name = null;
      }
    }
    if (name != null) {
      throw new BadFrame("a header without a value");
    }
    return head;
  }

  /**
   * Returns a head of parts that Python has seen to be str.
   *
   * @throws WsgiException if they are no head
   */
  static ResponseHead checked(List<?> parts) throws BadFrame {
    for (int i = 0; i < parts.size(); i++) {
      requireLatin1(Unmarshal.at(parts, i, String.class));
    }
    ResponseHead head = new ResponseHead(Unmarshal.at(parts, 0, String.class), parts.size() / 2);
    for (int i = 1; i < parts.size(); i += 2) {
      head.add(Unmarshal.at(parts, i, String.class), Unmarshal.at(parts, i + 1, String.class));
    }
    return head;
  }

  private static void requireLatin1(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) > 0xFF) {
        throw new WsgiException(Rule.NOT_LATIN1, SafeText.quoted(part));
      }
    }
  }
}
