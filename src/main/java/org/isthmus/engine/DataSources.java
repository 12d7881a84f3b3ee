// Data sources that a Java program gives to Python by name, without JNDI.
package org.isthmus.engine;

import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What {@code isthmus.db.connect} and {@code isthmus.service} find by name before they ask JNDI.
 *
 * <p>The starter of Spring Boot provides the beans of this type. Another program that embeds a
 * container calls {@link #provide} before the container starts servlets and filters.
 */
public final class DataSources {
  private static final String ATTRIBUTE = "org.isthmus.data_sources";

  private final Set<String> names;
  private final Function<String, ? extends DataSource> byName;

  private DataSources(Set<String> names, Function<String, ? extends DataSource> byName) {
    this.names = new TreeSet<>(names);
    this.byName = byName;
  }

  /**
   * Provides data sources for the Python of a web application; replaces those of an earlier call.
   *
   * @param context the web application
   * @param names the names that Python may ask for
   * @param byName returns the data source of one of the names; asked each time
   */
  public static void provide(
      ServletContext context, Set<String> names, Function<String, ? extends DataSource> byName) {
    context.setAttribute(ATTRIBUTE, new DataSources(names, byName));
  }

  /** Returns those of a web application; without {@link #provide}, there are none. */
  public static DataSources of(ServletContext context) {
    Object provided = context.getAttribute(ATTRIBUTE);
    return provided == null ? new DataSources(Set.of(), name -> null) : (DataSources) provided;
  }

  /** Returns true if the program provides a data source of this name. */
  public boolean has(String name) {
    return names.contains(name);
  }

  /**
   * Returns the data source of a name that the program has.
   *
   * @throws RuntimeException the program's own, if it cannot create the data source
   */
  public DataSource named(String name) {
    return byName.apply(name);
  }

  /** Returns the names, sorted, for messages; an empty text if there are none. */
  public String names() {
    return String.join(", ", names);
  }
}
