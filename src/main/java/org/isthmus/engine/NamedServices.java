// What isthmus.service gives to Python: URL, user and password of data sources.
package org.isthmus.engine;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.Masked;

/**
 * Reads the resources that {@code isthmus.services} names: those of the program, or of JNDI.
 *
 * <p>Getters of the data source return what it connects with. No connection is opened for that: the
 * database may not run yet.
 */
final class NamedServices {
  /**
   * What to read, as messages name it, and its getters: of HikariCP and c3p0; of Tomcat, DBCP and
   * drivers; of H2's driver.
   */
  private static final List<Map.Entry<String, List<String>>> GETTERS =
      List.of(
          Map.entry("its URL", List.of("getJdbcUrl", "getUrl", "getURL")),
          Map.entry("its user", List.of("getUsername", "getUser")),
          Map.entry("its password", List.of("getPassword")));

  private NamedServices() {}

  /**
   * Returns JDBC URL, user and password of each resource, by name; user and password may be null.
   *
   * @param names the value of {@code isthmus.services}
   * @param program the program's data sources, which take precedence over JNDI
   * @param loader of the web application, by which containers find its names
   * @throws WsgiException if there is no such resource, or it has no getters for them
   */
  static Map<String, List<String>> read(
      List<String> names, DataSources program, ClassLoader loader) {
    Map<String, List<String>> services = new LinkedHashMap<>();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      names.forEach(name -> services.put(name, fields(name, found(name, program))));
    } finally {
      thread.setContextClassLoader(before);
    }
    return services;
  }

  private static Object found(String name, DataSources program) {
    if (!program.has(name)) {
      return lookedUp(name, program.names());
    }
    String why = "it is null";
    try {
      Object resource = program.named(name);
      if (resource != null) {
        return resource;
      }
    } catch (RuntimeException e) {
      why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
    throw new WsgiException(Rule.DATA_SOURCE_BROKEN, name, Masked.text("", why));
  }

  private static Object lookedUp(String name, String ofProgram) {
    try {
      return JndiName.found(name);
    } catch (NamingException e) {
      String why = JndiName.why(e);
      if (!ofProgram.isEmpty()) {
        why = why.replaceFirst("[.]$", "") + "; the data sources of the program are " + ofProgram;
      }
      // Without a cause: a message within could have the password.
      String masked = Masked.text("", why);
      throw new WsgiException(Rule.SERVICE_ABSENT, name, JndiName.whole(name), masked);
    }
  }

  /** Returns the values of a resource, in the order of the getters. */
  static List<String> fields(String name, Object resource) {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, List<String>> what : GETTERS) {
      List<String> value = firstValue(resource, what.getValue());
      boolean isUrl = fields.isEmpty();
      if (value.isEmpty() || (isUrl && value.get(0) == null)) {
        String type = resource.getClass().getName();
        throw new WsgiException(Rule.SERVICE_UNREADABLE, name, type, what.getKey());
      }
      fields.add(value.get(0));
    }
    return fields;
  }

  /** Returns the first value, which may be null, as a list; an empty list without a getter. */
  private static List<String> firstValue(Object resource, List<String> getters) {
    List<String> found = new ArrayList<>();
    for (String getter : getters) {
      try {
        Object value = resource.getClass().getMethod(getter).invoke(resource);
        if (found.isEmpty() && (value == null || value instanceof String)) {
          found.add((String) value);
        }
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
        // This pool has another getter, or none.
      }
    }
    return found;
  }
}
