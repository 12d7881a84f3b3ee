// The data sources of --jndi: a pool for each, below java:comp/env.
package org.isthmus.launcher.jetty;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.Name;
import javax.naming.NameAlreadyBoundException;
import javax.naming.NamingException;
import org.eclipse.jetty.ee.webapp.WebAppClassLoading;
import org.eclipse.jetty.server.Server;
import org.isthmus.launcher.DataSourceOption;
import org.isthmus.launcher.DriverSource;

/**
 * Jetty's JNDI without its module "plus", which needs the transaction API: nothing but names.
 *
 * <p>They are bound for the class loader that has Jetty, which is the parent of the web
 * application's: Jetty asks for the names of both.
 */
@SuppressWarnings("BanJNDI") // the names are the operator's, and local
final class DataSources {
  private final List<HikariDataSource> pools = new ArrayList<>();

  private DataSources() {}

  /**
   * Binds the names, and opens no connection: a pool does at its first use.
   *
   * @param options in the order in which to bind them
   * @param server whose web application is to see Jetty's JNDI, but no HikariCP
   */
  static DataSources bound(List<DataSourceOption> options, Server server) {
    DataSources sources = new DataSources();
    if (!options.isEmpty()) {
      WebAppClassLoading.addHiddenClasses(server, "-org.eclipse.jetty.jndi.", "com.zaxxer.hikari.");
      try {
        for (DataSourceOption option : options) {
          sources.bind(option);
        }
      } catch (NamingException e) {
        sources.close();
        throw new IllegalStateException(e);
      }
    }
    return sources;
  }

  private void bind(DataSourceOption option) throws NamingException {
    HikariDataSource pool = pool(option);
    pools.add(pool);
    Context context = subcontext((Context) new InitialContext().lookup("java:comp"), "env");
    Name name = context.getNameParser("").parse(option.name());
    for (int i = 0; i < name.size() - 1; i++) {
      context = subcontext(context, name.get(i));
    }
    context.rebind(name.get(name.size() - 1), pool);
  }

  private static Context subcontext(Context context, String name) throws NamingException {
    try {
      return context.createSubcontext(name);
    } catch (NameAlreadyBoundException e) {
      return (Context) context.lookup(name);
    }
  }

  private static HikariDataSource pool(DataSourceOption option) {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName(option.name());
    // The connections are the driver's; the URL is for those who ask (isthmus.service).
    pool.setDataSource(new DriverSource(option.url(), null, null));
    pool.setJdbcUrl(option.url());
    pool.setUsername(option.user());
    pool.setPassword(option.password());
    return pool;
  }

  /** Closes the pools; after the web application. */
  void close() {
    pools.forEach(HikariDataSource::close);
  }
}
