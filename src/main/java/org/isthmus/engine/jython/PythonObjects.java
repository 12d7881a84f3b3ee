// Detects Python objects within Java objects.
package org.isthmus.engine.jython;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.isthmus.services.PlainValues;
import org.python.core.PyObject;
import org.python.core.PyProxy;

/** Looks into collections, maps and arrays, as deep as plain values may be nested. */
final class PythonObjects {
  private PythonObjects() {}

  /** Returns true for a Python object, an instance of a Python class, or what holds one. */
  static boolean isIn(Object value) {
    return isIn(value, 0);
  }

  private static boolean isIn(Object value, int depth) {
    if (value instanceof PyObject || value instanceof PyProxy) {
      return true;
    }
    if (depth > PlainValues.MAX_DEPTH) {
      return false;
    }
    if (value instanceof Collection) {
      return ((Collection<?>) value).stream().anyMatch(each -> isIn(each, depth + 1));
    }
    if (value instanceof Map) {
      Map<?, ?> map = (Map<?, ?>) value;
      return isIn(map.keySet(), depth) || isIn(map.values(), depth);
    }
    return value instanceof Object[] && isIn(Arrays.asList((Object[]) value), depth);
  }
}
