// The data sources of --jndi for a Python command, which has no container: names without pools.
package org.isthmus.launcher;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.spi.NamingManager;
import javax.sql.DataSource;

/**
 * JNDI that looks names up below {@code java:comp/env}, and nothing else.
 *
 * <p>Each connection is a new one: a command has one thread and ends.
 */
final class CommandNames {
  private static final String ROOT = "java:comp/env";

  private final Map<String, DataSource> sources = new TreeMap<>();
  private final Context context =
      (Context)
          Proxy.newProxyInstance(
              CommandNames.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (proxy, method, arguments) -> called(method, arguments));

  private CommandNames(List<DataSourceOption> options) {
    for (DataSourceOption each : options) {
      sources.put(each.name(), new DriverSource(each.url(), each.user(), each.password()));
    }
  }

  /**
   * Makes them the names of this JVM; may be called once.
   *
   * @param options if empty, JNDI is left unchanged
   */
  static void install(List<DataSourceOption> options) {
    if (options.isEmpty()) {
      return;
    }
    Context names = context(options);
    try {
      NamingManager.setInitialContextFactoryBuilder(environment -> unused -> names);
    } catch (NamingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the names as a context. */
  static Context context(List<DataSourceOption> options) {
    return new CommandNames(options).context;
  }

  private Object called(Method method, Object[] arguments) throws NamingException {
    switch (method.getName()) {
      case "lookup":
        return found(arguments[0].toString());
      case "close":
        return null;
      case "equals":
        return arguments[0] == context;
      case "hashCode":
        return hashCode();
      case "toString":
        return names();
      default:
        throw new OperationNotSupportedException(method.getName());
    }
  }

  private Object found(String name) throws NamingException {
    if (name.isEmpty() || name.equals(ROOT)) {
      return context;
    }
    DataSource source = sources.get(DataSourceOption.below(name));
    if (source == null) {
      throw new NameNotFoundException(names());
    }
    return source;
  }

  private String names() {
    return "--jndi names " + String.join(", ", sources.keySet());
  }
}
