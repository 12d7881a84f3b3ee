// Prevents jffi from starting the thread that frees its native memory.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;

/**
 * Gives jffi a cleaner that does nothing.
 *
 * <p>jffi's own one uses a JDK thread, and its actions refer to the objects they clean: they would
 * keep this class loader alive forever. What is never freed is a few small blocks per deployment.
 */
final class JffiCleaner {
  private JffiCleaner() {}

  /** Installs the cleaner, before jffi is used; does nothing without jffi. */
  static void install() {
    try {
      Class<?> jffi =
          Class.forName(
              "com.kenai.jffi.internal.Cleaner", true, JffiCleaner.class.getClassLoader());
      VarHandle cleaner =
          MethodHandles.privateLookupIn(jffi, MethodHandles.lookup())
              .findStaticVarHandle(jffi, "cleaner", Object.class);
      cleaner.setVolatile((Object) Cleaner.create(work -> new Thread("isthmus-no-cleaner")));
    } catch (ClassNotFoundException e) {
      // This Jython accesses native code in another way.
      return;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this jffi is not one that Isthmus knows", e);
    }
  }
}
