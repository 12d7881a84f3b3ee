package jmx;

import com.sun.tools.attach.VirtualMachine;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * An operator's JMX client, which has no class of Isthmus's: {@code java jmx.Reload <pid> <context>
 * [attribute...]} prints what the operation {@code reload} says, or these attributes.
 */
public final class Reload {
  private Reload() {}

  public static void main(String[] arguments) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(arguments[0]);
    String address = machine.startLocalManagementAgent();
    machine.detach();
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      ObjectName pattern =
          new ObjectName("org.isthmus:type=Application,context=" + arguments[1] + ",*");
      ObjectName name = server.queryNames(pattern, null).iterator().next();
      if (arguments.length == 2) {
        System.out.println(server.invoke(name, "reload", new Object[0], new String[0]));
      }
      for (int i = 2; i < arguments.length; i++) {
        System.out.println(server.getAttribute(name, arguments[i]));
      }
    } catch (javax.management.MBeanException e) {
      System.out.println("failed: " + e.getMessage());
      System.exit(1);
    }
  }
}
