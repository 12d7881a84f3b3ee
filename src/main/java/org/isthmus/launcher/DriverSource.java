// Opens connections, for a pool or a command, by the JDBC driver in the web application.
package org.isthmus.launcher;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Iterator;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.isthmus.errors.Rule;

/**
 * Not DriverManager, which hides the drivers of other class loaders, and keeps those of a web
 * application after it has ended.
 *
 * <p>The driver is looked for at the first connection, on a thread of the web application: on
 * CPython, only URL, user and password are needed, and no driver.
 */
public final class DriverSource implements DataSource {
  /** Class 08 is a connection exception; 001, that the client could not establish it. */
  private static final String NO_CONNECTION = "08001";

  /** A bound for a search that fails itself: it does so each time it is continued. */
  private static final int MAX_FAILURES = 100;

  private final String url;
  private final String user;
  private final String password;
  private volatile Driver driver;

  /**
   * Opens nothing yet.
   *
   * @param user for {@link #getConnection()}, or null
   * @param password the same
   */
  public DriverSource(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(user, password);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    if (driver == null) {
      driver = found();
    }
    return driver.connect(url, properties);
  }

  private Driver found() throws SQLException {
    Error broken = null;
    Iterator<Driver> drivers = ServiceLoader.load(Driver.class).iterator();
    int failures = 0;
    boolean isMore = true;
    while (isMore && failures < MAX_FAILURES) {
      try {
        isMore = drivers.hasNext();
        if (isMore) {
          Driver each = drivers.next();
          if (each.acceptsURL(url)) {
            return each;
          }
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        // Of one driver (its class is for a newer Java, or needs an absent one); another may
        // accept the URL.
        broken = e;
        failures++;
      }
    }
    String message =
        broken == null
            ? Rule.DB_DRIVER_ABSENT.message(url)
            : Rule.DB_DRIVER_BROKEN.message(url, broken);
    throw new SQLException(message, NO_CONNECTION, broken);
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // HikariCP sets it; drivers read DriverManager's, or a parameter of their URL.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("not a " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
