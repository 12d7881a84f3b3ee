// Registers an MBean for each application of a web application, and unregisters it.
package org.isthmus.metrics;

import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.isthmus.exchange.Mount;

/**
 * Names are {@code org.isthmus:type=Application,host=…,context=…,name=…}: two web applications with
 * the same path differ in their hosts, or else get a number.
 */
final class JmxBeans implements Monitoring.Follower {
  private static final System.Logger LOG = System.getLogger("org.isthmus.metrics");
  private static final int MAX_ALIKE = 1000;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Map<AppMetrics, ObjectName> names = new HashMap<>();
  private final String host;
  private final String path;

  JmxBeans(ServletContext context) {
    this.host = host(context);
    this.path = Mount.displayPath(context);
  }

  @Override
  public void came(AppMetrics app) {
    try {
      names.put(app, register(app));
    } catch (JMException e) {
      LOG.log(System.Logger.Level.WARNING, "No MBean for " + app.name() + ": " + e, e);
    }
  }

  @Override
  public void went(AppMetrics app) {
    ObjectName name = names.remove(app);
    if (name != null) {
      try {
        server.unregisterMBean(name);
      } catch (JMException e) {
        LOG.log(System.Logger.Level.DEBUG, "The MBean has gone already: " + name, e);
      }
    }
  }

  /** Tries one name after another: two servers in one JVM may have equal hosts. */
  private ObjectName register(AppMetrics app) throws JMException {
    for (int number = 1; ; number++) {
      ObjectName name = name(app, number);
      try {
        return server.registerMBean(new JmxBean(app), name).getObjectName();
      } catch (InstanceAlreadyExistsException e) {
        if (number == MAX_ALIKE) {
          throw e;
        }
      }
    }
  }

  private ObjectName name(AppMetrics app, int number) throws JMException {
    // ObjectName takes a Hashtable.
    @SuppressWarnings("JdkObsolete")
    Hashtable<String, String> keys = new Hashtable<>();
    keys.put("type", "Application");
    keys.put("host", quoted(host));
    keys.put("context", quoted(path));
    keys.put("name", quoted(app.name()));
    if (number > 1) {
      keys.put("number", Integer.toString(number));
    }
    return new ObjectName("org.isthmus", keys);
  }

  private static String quoted(String value) {
    return value.matches("[\\w./-]+") ? value : ObjectName.quote(value);
  }

  private static String host(ServletContext context) {
    try {
      String name = context.getVirtualServerName();
      return name == null || name.isEmpty() ? "default" : name;
    } catch (UnsupportedOperationException e) {
      return "default"; // a listener registered in code may not ask (Servlet 5.0, 4.4)
    }
  }
}
