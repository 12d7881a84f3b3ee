// The DataSource beans of the program, for Python.
package org.isthmus.spring;

import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.isthmus.engine.DataSources;
import org.springframework.context.ApplicationContext;

/**
 * By their names as beans; the program's only or primary one is {@code dataSource}, too, as Spring
 * Boot calls its own. A bean is made when Python first asks for it.
 *
 * <p>With several beans and no primary one, {@code dataSource} is among the names nevertheless,
 * because only Spring knows which is primary; asking for it fails with Spring's reason.
 */
final class Beans {
  private static final String DEFAULT = "dataSource";

  private Beans() {}

  static void provide(ApplicationContext program, ServletContext context) {
    String[] found = program.getBeanNamesForType(DataSource.class, true, false);
    if (found.length > 0) {
      Set<String> names = new TreeSet<>(Set.of(found));
      names.add(DEFAULT);
      DataSources.provide(context, names, name -> bean(program, name));
    }
  }

  private static DataSource bean(ApplicationContext program, String name) {
    // Without a bean of this name, it is an error to have several and no primary one.
    return program.containsBean(name)
        ? program.getBean(name, DataSource.class)
        : program.getBean(DataSource.class);
  }
}
