// Where the servlet is mapped.
package org.isthmus.spring;

import java.util.List;
import org.isthmus.errors.Rule;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** The property {@code isthmus.spring.path}: URL patterns, by default all paths. */
final class Paths {
  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final String MVC = "dispatcherServlet";

  private Paths() {}

  static String[] of(Environment environment, ApplicationContext program) {
    List<String> given =
        Binder.get(environment)
            .bind(SpringProperties.PATH, Bindable.listOf(String.class))
            .orElse(List.of());
    if (given.isEmpty()) {
      if (program.containsBean(MVC)) {
        LOG.log(System.Logger.Level.WARNING, Rule.SPRING_MVC_HIDDEN.message());
      }
      return new String[] {"/*"};
    }
    return given.toArray(String[]::new);
  }
}
