// A data source of --jndi, with what --jndi-user and --jndi-password say of it.
package org.isthmus.launcher;

/** What a pool connects with. Immutable. */
public final class DataSourceOption {
  private final String name;
  private final String url;
  private final String user;
  private final String password;

  DataSourceOption(String name, String url, String user, String password) {
    this.name = name;
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** Returns the name below {@code java:comp/env/}, such as {@code jdbc/app}. */
  public String name() {
    return name;
  }

  /** Returns the JDBC URL. */
  public String url() {
    return url;
  }

  /** Returns the user, or null if the URL has one or the database needs none. */
  public String user() {
    return user;
  }

  /** Returns the password, or null. */
  public String password() {
    return password;
  }
}
