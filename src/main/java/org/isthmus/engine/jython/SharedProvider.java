// Detects whether another web application has registered a security provider that Python uses.
package org.isthmus.engine.jython;

import jakarta.servlet.ServletContext;
import java.security.Provider;
import java.security.Security;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Mount;
import org.isthmus.exchange.SafeText;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.core.Untraversable;

/** Called by {@code isthmus.jython.providers} with the web application's own provider. */
@Untraversable
final class SharedProvider extends PyObject {
  private static final PyType TYPE = PyType.fromClass(SharedProvider.class);
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  // Stored in the registered provider, which all web applications share, so that only one logs. No
  // dot in the key: Provider parses dotted keys as algorithms.
  private static final String LOGGED = "isthmus_told";

  private final String contextPath;

  SharedProvider(ServletContext context) {
    super(TYPE);
    this.contextPath = Mount.displayPath(context);
  }

  @Override
  public PyObject __call__(PyObject provider) {
    Provider own = PyValues.java(provider, Provider.class);
    Provider registered = Security.getProvider(own.getName());
    if (registered != null
        && registered.getClass() != own.getClass()
        && registered.putIfAbsent(LOGGED, contextPath) == null) {
      String loader = SafeText.quoted(described(registered.getClass().getClassLoader()));
      LOG.log(System.Logger.Level.INFO, Rule.PROVIDER_SHARED.message(contextPath, loader));
    }
    return Py.None;
  }

  /** Describes a container's loader; for the loader of an engine, its parent. */
  private static String described(ClassLoader loader) {
    boolean isEngines = loader.getClass().getSimpleName().equals("EngineLoader");
    String text = String.valueOf(isEngines ? loader.getParent() : loader);
    // Tomcat's description continues with all parents.
    int end = text.indexOf("---");
    return text.substring(0, end < 0 ? text.length() : end).strip().replaceAll("\\s+", " ");
  }
}
