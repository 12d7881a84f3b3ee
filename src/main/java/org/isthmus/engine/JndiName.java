// Looks up what the container provides by name.
package org.isthmus.engine;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Settings may give a name below the web application's environment, or a whole one. */
public final class JndiName {
  /** Where web applications find what the container provides (Jakarta EE, EE.5.2.2). */
  private static final String ENVIRONMENT = "java:comp/env/";

  private JndiName() {}

  /** Returns the whole name. */
  public static String whole(String name) {
    return name.startsWith("java:") ? name : ENVIRONMENT + name;
  }

  /**
   * Returns what has this name; the thread's context class loader is the web application's.
   *
   * @throws NamingException if there is no such thing; the message says why
   */
  @SuppressWarnings("BanJNDI") // the names are the deployer's, and local: java: in any case
  public static Object found(String name) throws NamingException {
    Object found = new InitialContext().lookup(whole(name));
    if (found == null) {
      throw new NamingException("it is null"); // Tomcat, without a factory for its type
    }
    return found;
  }

  /** Returns the reason for a message. */
  public static String why(NamingException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
