// Java values as Python's, and Python's as Java's.
package org.isthmus.engine.jython;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.isthmus.exchange.Octets;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/** What PEP 3333 calls a native string is {@code str} in Python 2: octets. */
final class PyValues {
  private PyValues() {}

  /** Returns a str of octets: characters up to U+00FF, unchecked. */
  static PyString str(String octets) {
    return new ByteString(octets);
  }

  /** Returns a str of octets. */
  static PyString octets(byte[] octets) {
    return str(new String(octets, StandardCharsets.ISO_8859_1));
  }

  /** Returns a str for any text: its own characters if latin-1, else its UTF-8 octets. */
  static PyString strOf(String text) {
    return str(Octets.of(text));
  }

  /** Returns the Python form of a number, null, text (unicode), a list (a tuple) or any object. */
  static PyObject of(Object value) {
    if (value instanceof List) {
      return new PyTuple(((List<?>) value).stream().map(PyValues::of).toArray(PyObject[]::new));
    }
    return Py.java2py(value);
  }

  /** Returns the Java object behind a Python one if it is an instance of a class, else null. */
  static <T> T java(PyObject object, Class<T> type) {
    Object java = object.__tojava__(type);
    return type.isInstance(java) ? type.cast(java) : null;
  }

  /** True for str but not unicode, which Jython derives from it. */
  static boolean isStr(PyObject object) {
    return object instanceof PyString && !(object instanceof PyUnicode);
  }

  /** Returns a str or unicode in readable form. */
  static String readable(PyObject string) {
    String text = string.toString();
    return string instanceof PyUnicode ? text : Octets.readable(text);
  }

  /** Returns an offending object for a message: its type, and its value if short. */
  static String described(PyObject object) {
    String type = object.getType().fastGetName();
    if (object instanceof PyString || object == Py.None) {
      return type + " " + org.isthmus.exchange.SafeText.quoted(object.toString());
    }
    return "of type " + type;
  }
}
