// The container's executor that isthmus.submit.executor names.
package org.isthmus.engine.jython.boot;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.naming.NamingException;
import org.isthmus.engine.JndiName;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Looked up at once, on the thread that deploys: Jakarta EE servers know {@code java:comp} only on
 * the threads that they manage, but applications are loaded on others. Immutable.
 */
final class NamedExecutor implements Supplier<Executor> {
  private final String name;
  private final Executor found;

  /**
   * Looks up a name; the thread's context class loader is the web application's.
   *
   * @param name as settings have it; null for no executor
   */
  NamedExecutor(String name) {
    this.name = name;
    this.found = tried(name);
  }

  /**
   * Returns the executor; null without a name.
   *
   * @throws WsgiException if there is none, or it is something else
   */
  @Override
  public Executor get() {
    return name == null || found != null ? found : lookedUp(name);
  }

  /** Returns null if there is none: get() then throws, when the application is loaded. */
  private static Executor tried(String name) {
    try {
      return name == null ? null : lookedUp(name);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static Executor lookedUp(String name) {
    Object found;
    try {
      found = JndiName.found(name);
    } catch (NamingException e) {
      String whole = JndiName.whole(name);
      String why = JndiName.why(e).replaceFirst("[.]$", "");
      String absent = "there is no such resource (looked up as " + whole + "): " + why;
      throw new WsgiException(e, Rule.SUBMIT_EXECUTOR, name, absent);
    }
    if (found instanceof Executor) {
      return (Executor) found;
    }
    String type = found.getClass().getName();
    String why = "the resource is a " + type + ", not a java.util.concurrent.Executor";
    throw new WsgiException(Rule.SUBMIT_EXECUTOR, name, why);
  }
}
