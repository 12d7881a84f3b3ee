// The C locale, in which Python starts: names of days and months are English, as HTTP dates need.
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
 * Jython has one locale per class loader, which is the JVM's until a program selects C. Its module
 * {@code locale} knows only C (unless {@code python.locale.control} is set), but switches to the
 * JVM's when it fails to find {@code _locale}.
 */
final class CLocale {
  private static final String CONTROL = "python.locale.control";

  private CLocale() {}

  /** Makes C the locale of all interpreters. */
  static void choose() {
    try {
      // Jython's own C locale has "am" and "pm".
      PyLocale english = new JyLocale(Locale.US, StandardCharsets.UTF_8.name());
      MethodHandles.privateLookupIn(_locale.class, MethodHandles.lookup())
          .findStaticVarHandle(_locale.class, "currentLocale", PyLocale.class)
          .set(english);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this Jython is not one that Isthmus knows", e);
    }
  }

  /** Keeps an interpreter from looking for another one. */
  static void install(PySystemState system) {
    if (!"settable".equals(PySystemState.registry.getProperty(CONTROL))) {
      system.modules.__setitem__("_locale", Py.None);
    }
  }
}
