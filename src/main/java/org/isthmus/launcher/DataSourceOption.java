// A data source of --jndi, with what --jndi-user and --jndi-password say of it.
package org.isthmus.launcher;

/** What a pool connects with. Immutable. */
public final class DataSourceOption {
  /** Where web applications find what the container provides (Jakarta EE, EE.5.2.2). */
  static final String ENVIRONMENT = "java:comp/env/";

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

  /** Returns a name, which may be absolute, below {@code java:comp/env/}. */
  public static String below(String name) {
    return name.startsWith(ENVIRONMENT) ? name.substring(ENVIRONMENT.length()) : name;
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
