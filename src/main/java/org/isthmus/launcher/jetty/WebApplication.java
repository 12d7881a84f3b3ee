// The web application as a Jetty handler: ee10 for jakarta.servlet, ee8 for javax.servlet.
package org.isthmus.launcher.jetty;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Both have a class with the same name and methods, in different packages, and only one of them is
 * present; so it is called by name.
 */
final class WebApplication {
  private static final String[] ENVIRONMENTS = {"ee10", "ee8"};

  private WebApplication() {}

  /**
   * Creates a handler that has not started.
   *
   * @param root the web application as real files
   * @param temporary a directory for its javax.servlet.context.tempdir, or jakarta's
   * @throws LinkageError if neither of the two is present
   */
  static Handler of(Path root, Path temporary, String contextPath) {
    try {
      Object context = type().getConstructor().newInstance();
      set(context, "ContextPath", String.class, contextPath);
      // As a path: Jetty takes a string for a URI, in which "?", "#", "%" and "[" are special.
      Resource files = ResourceFactory.root().newResource(root);
      set(context, "WarResource", Resource.class, files);
      set(context, "DefaultsDescriptor", String.class, defaults(context, temporary));
      set(context, "TempDirectory", File.class, temporary.resolve("context").toFile());
      // A failed start ends the program instead of serving a 503 page.
      set(context, "ThrowUnavailableOnStartupException", boolean.class, true);
      // In ee8 a context has a handler, in ee10 it is one.
      return context instanceof Handler
          ? (Handler) context
          : (Handler) ((Supplier<?>) context).get();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Jetty's WebAppContext is another one", e);
    }
  }

  /**
   * Copies the defaults of every web.xml, and returns their URI: Jetty reads them from its own jar,
   * which it cannot open if the jar's path has a character that is escaped in a URI.
   */
  private static String defaults(Object context, Path temporary)
      throws ReflectiveOperationException {
    Object name = context.getClass().getMethod("getDefaultsDescriptor").invoke(context);
    Path copy = temporary.resolve("webdefault.xml");
    ClassLoader loader = context.getClass().getClassLoader();
    try (InputStream in = loader.getResourceAsStream(name.toString())) {
      Files.copy(in, copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy.toUri().toASCIIString();
  }

  private static void set(Object context, String property, Class<?> type, Object value)
      throws ReflectiveOperationException {
    context.getClass().getMethod("set" + property, type).invoke(context, value);
  }

  private static Class<?> type() throws ClassNotFoundException {
    ClassNotFoundException absent = null;
    for (String environment : ENVIRONMENTS) {
      try {
        return Class.forName("org.eclipse.jetty." + environment + ".webapp.WebAppContext");
      } catch (ClassNotFoundException e) {
        absent = e;
      }
    }
    throw absent;
  }
}
