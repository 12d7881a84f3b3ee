// The thread that frees jffi's native memory, kept from being started.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;

/**
 * Gives jffi a cleaner that does nothing.
 *
 * <p>Its own one has a thread of the JDK, and actions that refer to what they are to clean: they
 * would keep this class loader for ever. What is not freed are a few small blocks, once for each
 * deployment.
 */
final class NativeMemory {
  private NativeMemory() {}

  /** Puts the cleaner in place, before jffi is used; without jffi nothing is to do. */
  static void install() {
    try {
      Class<?> jffi =
          Class.forName(
              "com.kenai.jffi.internal.Cleaner", true, NativeMemory.class.getClassLoader());
      VarHandle cleaner =
          MethodHandles.privateLookupIn(jffi, MethodHandles.lookup())
              .findStaticVarHandle(jffi, "cleaner", Object.class);
      cleaner.setVolatile((Object) Cleaner.create(work -> new Thread("isthmus-no-cleaner")));
    } catch (ClassNotFoundException e) {
      // A Jython with another way to native code.
      return;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this jffi is not one that Isthmus knows", e);
    }
  }
}
