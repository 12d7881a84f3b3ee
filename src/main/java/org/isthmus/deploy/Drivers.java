// Takes the web application's JDBC drivers out of the JVM's list.
package org.isthmus.deploy;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A driver registers itself when it is loaded, and DriverManager keeps it, and with it the web
 * application's class loader. Tomcat deregisters what is left, with a warning that blames the web
 * application.
 */
final class Drivers {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private Drivers() {}

  /**
   * Deregisters the drivers in {@code WEB-INF/lib}; none of a program or a container that has
   * Isthmus itself.
   *
   * @param loader of the web application
   */
  static void deregister(ClassLoader loader) {
    // DriverManager shows and deregisters what the caller's own loader has.
    if (loader != Drivers.class.getClassLoader() || loader == ClassLoader.getSystemClassLoader()) {
      return;
    }
    List<Driver> own =
        DriverManager.drivers()
            .filter(driver -> driver.getClass().getClassLoader() == loader)
            .collect(Collectors.toList());
    for (Driver driver : own) {
      try {
        DriverManager.deregisterDriver(driver);
      } catch (SQLException | SecurityException e) {
        LOG.log(System.Logger.Level.DEBUG, "Tomcat will say so", e);
      }
    }
  }
}
