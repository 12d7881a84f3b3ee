// Jython's cache of Python types for Java classes, in a form that can be cleared.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.python.core.PyType;

/**
 * Replaces {@code PyType.Registry.classToType}.
 *
 * <p>A {@link ClassValue} is stored in the class it describes. Each class of the JDK or the
 * container that Jython ever looked at would keep a type, and with it this class loader, for the
 * lifetime of the JVM. So the classes are recorded, weakly, and cleared when the engine ends.
 */
final class JavaTypes extends ClassValue<PyType> {
  private final Class<?> registry;
  private final MethodHandle resolve;
  private volatile boolean closed;
  private final Set<Class<?>> seen =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  private JavaTypes(Class<?> registry, MethodHandle resolve) {
    this.registry = registry;
    this.resolve = resolve;
  }

  /** Installs itself; nothing may have touched {@link PyType} before. */
  static JavaTypes install() {
    try {
      ClassLoader loader = JavaTypes.class.getClassLoader();
      Class<?> registry = Class.forName("org.python.core.PyType$Registry", true, loader);
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(registry, MethodHandles.lookup());
      MethodType type = MethodType.methodType(PyType.class, Class.class);
      JavaTypes types = new JavaTypes(registry, lookup.findStatic(registry, "resolveType", type));
      VarHandle cache = lookup.findStaticVarHandle(registry, "classToType", ClassValue.class);
      cache.set((ClassValue<?>) types);
      return types;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }

  @Override
  protected PyType computeValue(Class<?> type) {
    if (closed) {
      throw new IllegalStateException("the web application that this Python was of has ended");
    }
    seen.add(type);
    synchronized (registry) {
      try {
        return (PyType) resolve.invokeExact(type);
      } catch (RuntimeException | Error e) {
        throw e; // including Jython's IncompleteType, which its caller expects
      } catch (Throwable e) {
        throw new LinkageError("resolveType declares no such exception", e);
      }
    }
  }

  /**
   * Forgets all types, and creates no more: finalizers still run Python code, and the types they
   * look at would keep the class loader alive again.
   */
  void close() {
    closed = true;
    synchronized (seen) {
      seen.forEach(this::remove);
      seen.clear();
    }
  }
}
