// Detects Python objects within Java objects.
package org.isthmus.engine.jython;

import java.lang.ref.Reference;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.python.core.PyObject;
import org.python.core.PyProxy;

/** Looks into what java.lang and java.util have to hold any object; a bean's fields are its own. */
final class PythonObjects {
  private PythonObjects() {}

  /** Returns true for a Python object, an instance of a Python class, or what holds one. */
  static boolean isIn(Object value) {
    // Each object once, and none within a call of its own: a list may contain itself.
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> left = new ArrayDeque<>();
    add(value, seen, left);
    while (!left.isEmpty()) {
      Object next = left.pop();
      if (isPython(next)) {
        return true;
      }
      held(next).forEach(each -> add(each, seen, left));
    }
    return false;
  }

  private static void add(Object value, Set<Object> seen, Deque<Object> left) {
    if (value != null && !isScalar(value) && seen.add(value)) {
      left.push(value);
    }
  }

  /** Most of a large value is scalars, which need not be remembered. */
  private static boolean isScalar(Object value) {
    Class<?> component = value.getClass().getComponentType();
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || (component != null && component.isPrimitive());
  }

  private static boolean isPython(Object value) {
    return value instanceof PyObject
        || value instanceof PyProxy
        // A function that was passed as a Comparator or the like.
        || (Proxy.isProxyClass(value.getClass())
            && Proxy.getInvocationHandler(value) instanceof PyObject);
  }

  private static Collection<?> held(Object value) {
    if (value instanceof Collection) {
      return (Collection<?>) value;
    }
    if (value instanceof Map) {
      return ((Map<?, ?>) value).entrySet();
    }
    if (value instanceof Map.Entry) {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
      return Arrays.asList(entry.getKey(), entry.getValue());
    }
    if (value instanceof Object[]) {
      return Arrays.asList((Object[]) value);
    }
    if (value instanceof Optional) {
      return ((Optional<?>) value).<List<?>>map(List::of).orElse(List.of());
    }
    if (value instanceof AtomicReference) {
      return Collections.singletonList(((AtomicReference<?>) value).get());
    }
    if (value instanceof Reference) {
      return Collections.singletonList(((Reference<?>) value).get());
    }
    if (value instanceof AtomicReferenceArray) {
      AtomicReferenceArray<?> array = (AtomicReferenceArray<?>) value;
      return IntStream.range(0, array.length()).mapToObj(array::get).collect(Collectors.toList());
    }
    return List.of();
  }
}
