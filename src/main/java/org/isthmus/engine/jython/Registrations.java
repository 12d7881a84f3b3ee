// Withdraws what the web application's code has registered with the JDK.
package org.isthmus.engine.jython;

import java.beans.Introspector;
import java.security.Provider;
import java.security.Security;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.ResourceBundle;

/** The JDK's global tables hold classes, and classes hold their class loader. */
final class Registrations {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  private Registrations() {}

  /**
   * Withdraws security providers, JDBC drivers and cached bundles and beans.
   *
   * @param loader the class loader to be released
   */
  static void withdraw(ClassLoader loader) {
    for (Provider provider : Security.getProviders()) {
      // Importing ssl registers Bouncy Castle's.
      if (isOf(loader, provider)) {
        Security.removeProvider(provider.getName());
      }
    }
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (isOf(loader, driver)) {
        deregister(driver);
      }
    }
    Introspector.flushCaches();
    ResourceBundle.clearCache(loader);
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.WARNING, "A JDBC driver could not be deregistered.", e);
    }
  }

  /** Jython has its own loaders, below this one, for compiled code and for proxies. */
  private static boolean isOf(ClassLoader loader, Object registered) {
    ClassLoader of = registered.getClass().getClassLoader();
    while (of != null && of != loader && of.getClass().getClassLoader() != loader) {
      of = of.getParent();
    }
    return of != null;
  }
}
