// The locale C, which Python starts in: names of days and months are English, in dates of HTTP too.
package org.isthmus.engine.jython;

import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.python.core.Py;
import org.python.core.PySystemState;
import org.python.modules._locale.JyLocale;
import org.python.modules._locale.PyLocale;
import org.python.modules._locale._locale;

/**
 * Jython has one locale for a class loader, which is the JVM's until a program chooses C. Its
 * module {@code locale} knows C alone (unless {@code python.locale.control} is set), and makes the
 * JVM's the one in force when it looks for {@code _locale} in vain.
 */
final class CLocale {
  private static final String CONTROL = "python.locale.control";

  private CLocale() {}

  /** Makes C the locale of all interpreters. */
  static void choose() {
    try {
      // Jython's own C has "am" and "pm".
      PyLocale english = new JyLocale(Locale.US, StandardCharsets.UTF_8.name());
      MethodHandles.privateLookupIn(_locale.class, MethodHandles.lookup())
          .findStaticVarHandle(_locale.class, "currentLocale", PyLocale.class)
          .set(english);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }

  /** Has an interpreter look for no other. */
  static void install(PySystemState system) {
    if (!"settable".equals(PySystemState.registry.getProperty(CONTROL))) {
      system.modules.__setitem__("_locale", Py.None);
    }
  }
}
