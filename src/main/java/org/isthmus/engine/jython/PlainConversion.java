// Python's values in the one form that sessions hold, and back.
package org.isthmus.engine.jython;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.services.Fields;
import org.isthmus.services.PlainValues;
import org.python.core.Py;
import org.python.core.PyBoolean;
import org.python.core.PyByteArray;
import org.python.core.PyDictionary;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyList;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PySequenceList;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/**
 * Converts to and from {@link PlainValues}.
 *
 * <p>In Python 2, text may be str or unicode: a str of ASCII is text, any other str is bytes. So
 * what is read equals what was written.
 */
final class PlainConversion {
  private static final int LAST_ASCII = 0x7F;

  private PlainConversion() {}

  /**
   * Returns the plain form of a Python value.
   *
   * @param where it is to be stored, for the message
   * @throws WsgiException if it has none
   */
  static Object plain(PyObject value, String where) {
    return plain(value, where, 0);
  }

  private static Object plain(PyObject value, String where, int depth) {
    if (value == Py.None) {
      return null;
    }
    if (value instanceof PyString) {
      return string((PyString) value, where, depth);
    }
    if (value instanceof PyBoolean) {
      return value.__nonzero__();
    }
    if (value instanceof PyInteger) {
      return ((PyInteger) value).asLong();
    }
    if (value instanceof PyLong) {
      return PlainValues.whole(((PyLong) value).getValue());
    }
    if (value instanceof PyFloat) {
      return value.asDouble();
    }
    if (value instanceof PyByteArray) {
      return octets(value.__str__().getString());
    }
    if (value instanceof PyList || value instanceof PyTuple) {
      return list((PySequenceList) value, where, nested(value, where, depth));
    }
    if (value instanceof PyDictionary) {
      int inner = nested(value, where, depth);
      return map(value, where, inner, (key, each) -> plain(each, where, inner));
    }
    return other(value, where, depth);
  }

  private static Object string(PyString value, String where, int depth) {
    String text = value.getString();
    if (value instanceof PyUnicode) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        throw refused(where, depth, "unicode with half of a surrogate pair");
      }
      return text;
    }
    return isAscii(text) ? text : octets(text);
  }

  private static int nested(PyObject value, String where, int depth) {
    if (depth == PlainValues.MAX_DEPTH) {
      throw refused(where, depth, value.getType().fastGetName() + " nested too deep");
    }
    return depth + 1;
  }

  private static List<Object> list(PySequenceList values, String where, int depth) {
    List<Object> list = new ArrayList<>(values.size());
    for (PyObject value : values.getArray()) {
      list.add(plain(value, where, depth));
    }
    return list;
  }

  /** Returns attributes of a request, which messages call by their names. */
  static Map<String, Object> attributes(PyDictionary values) {
    String all = "attributes";
    return map(values, all, 0, (key, value) -> plain(value, PlainValues.place(all, key)));
  }

  private static Map<String, Object> map(
      PyObject values, String where, int depth, BiFunction<String, PyObject, Object> convert) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (PyObject item : values.invoke("items").asIterable()) {
      PyObject name = item.__getitem__(0);
      Object key = name instanceof PyString ? plain(name, where, depth) : null;
      if (!(key instanceof String)) {
        throw refused(where, depth, "dict with the key " + PyValues.described(name));
      }
      map.put((String) key, convert.apply((String) key, item.__getitem__(1)));
    }
    return map;
  }

  /** A datetime, or a Java object: what Python cannot have imported, it cannot have either. */
  private static Object other(PyObject value, String where, int depth) {
    PyObject module = Py.getSystemState().modules.__finditem__("datetime");
    PyObject type = module == null ? null : module.__findattr__("datetime");
    if (type != null && Py.isInstance(value, type)) {
      Temporal datetime = Fields.datetime(fields(value));
      if (datetime == null) {
        throw refused(where, depth, "datetime whose zone is more than 18 hours from UTC");
      }
      return datetime;
    }
    // date, time and Decimal of Jython offer Java a value, which would be read as another type.
    boolean isPython = value.__findattr__("__tojava__") != null;
    Object java = isPython ? null : value.__tojava__(Object.class);
    if (java == null || java instanceof PyObject || java == Py.NoConversion) {
      throw refused(where, depth, value.getType().fastGetName());
    }
    if (!PlainValues.isReadable(java)) {
      throw refused(where, depth, java.getClass().getName());
    }
    return PlainValues.read(java, where);
  }

  private static List<Long> fields(PyObject datetime) {
    List<Long> fields = new ArrayList<>();
    String[] names = {"year", "month", "day", "hour", "minute", "second", "microsecond"};
    for (String name : names) {
      fields.add(datetime.__getattr__(name).asLong());
    }
    PyObject offset = datetime.invoke("utcoffset");
    if (offset != Py.None) {
      fields.add((long) offset.invoke("total_seconds").asDouble());
    }
    return fields;
  }

  private static WsgiException refused(String where, int depth, String what) {
    return new WsgiException(
        Rule.SESSION_VALUE, depth == 0 ? where : "a value in " + where, "of type " + what);
  }

  /** Returns the Python value of a plain one. */
  static PyObject python(Object plain) {
    if (plain instanceof String) {
      return text((String) plain);
    }
    if (plain instanceof Long) {
      long number = (Long) plain;
      return number == (int) number ? Py.newInteger((int) number) : new PyLong(number);
    }
    if (plain instanceof byte[]) {
      return PyValues.str(new String((byte[]) plain, StandardCharsets.ISO_8859_1));
    }
    if (plain instanceof List) {
      PyList list = new PyList();
      ((List<?>) plain).forEach(value -> list.append(python(value)));
      return list;
    }
    if (plain instanceof Map) {
      PyDictionary dict = new PyDictionary();
      ((Map<?, ?>) plain).forEach((key, value) -> dict.__setitem__(python(key), python(value)));
      return dict;
    }
    if (plain instanceof Temporal) {
      PyObject fields = python(Fields.of((Temporal) plain));
      return JythonInterpreter.module("isthmus.datetimes").invoke("made", fields);
    }
    // None, bool, float, long
    return plain instanceof BigInteger ? new PyLong((BigInteger) plain) : Py.java2py(plain);
  }

  /** Native text, where it can be: in Python 2, str and unicode of ASCII are equal. */
  static PyString text(String text) {
    return isAscii(text) ? PyValues.str(text) : new PyUnicode(text);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c <= LAST_ASCII);
  }

  private static byte[] octets(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }
}
