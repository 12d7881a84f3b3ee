// The data sources of --jndi for a Python command, which has no container: names without pools.
package org.isthmus.launcher;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final Map<String, DataSource> sources = new HashMap<>();
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
   * @param options without any, JNDI stays as it is
   */
  static void install(List<DataSourceOption> options) {
    if (options.isEmpty()) {
      return;
    }
    Context names = new CommandNames(options).context;
    try {
      NamingManager.setInitialContextFactoryBuilder(environment -> unused -> names);
    } catch (NamingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object called(Method method, Object[] arguments) throws NamingException {
    switch (method.getName()) {
      case "lookup":
        return found(arguments[0].toString());
      case "close":
        return null;
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
      throw new NameNotFoundException("not a name of --jndi");
    }
    return source;
  }
}
