package org.isthmus.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.isthmus.Fake;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MBeans in this JVM's own server. */
class JmxBeansTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Monitoring one = monitoring("Catalina/localhost");
  private final Monitoring other = monitoring("Catalina/localhost");

  /** What the tests let a ServletContext answer. */
  public static final class Context {
    private final String host;
    private final String version;
    private Object attribute;

    Context(String host) {
      this(host, "");
    }

    Context(String host, String version) {
      this.host = host;
      this.version = version;
    }

    public String getVirtualServerName() {
      if (host == null) {
        throw new UnsupportedOperationException();
      }
      return host;
    }

    public String getContextPath() {
      return "/shop";
    }

    public Object getAttribute(String name) {
      return name.equals("org.apache.catalina.webappVersion") ? version : attribute;
    }

    public void setAttribute(String name, Object value) {
      attribute = value;
    }
  }

  /** What the tests let an application answer. */
  public static final class Shop {
    public String name() {
      return "shop:application";
    }

    public WorkerGroup workers() {
      return null;
    }
  }

  private static Monitoring monitoring(String host) {
    return monitoring(host, "");
  }

  private static Monitoring monitoring(String host, String version) {
    ServletContext context = Fake.of(ServletContext.class, new Context(host, version));
    Monitoring monitoring = Monitoring.of(context);
    monitoring.register(context);
    return monitoring;
  }

  private AppMetrics loaded(Monitoring monitoring) {
    AppMetrics app = monitoring.begin("?", true);
    app.ready(Fake.of(WsgiApp.class, new Shop()), 1_500_000_000L);
    monitoring.settled(app);
    return app;
  }

  private Set<ObjectName> names() throws Exception {
    return server.queryNames(new ObjectName("org.isthmus:type=Application,context=/shop,*"), null);
  }

  @AfterEach
  void close() {
    one.apps().forEach(one::drop);
    other.apps().forEach(other::drop);
  }

  @Test
  void nameHasHostContextAndApplication() throws Exception {
    loaded(one);
    ObjectName name =
        new ObjectName(
            "org.isthmus:type=Application,host=Catalina/localhost,context=/shop,"
                + "name=\"shop:application\"");
    assertTrue(server.isRegistered(name));
    assertEquals("shop:application", server.getAttribute(name, "Name"));
    assertEquals("READY", server.getAttribute(name, "State"));
    assertEquals(1.5, server.getAttribute(name, "ImportSeconds"));
    assertEquals(1L, server.getAttribute(name, "Generation"));
  }

  @ParameterizedTest
  @CsvSource({"'', /shop", "001, \"/shop##001\"", "2-a, \"/shop##2-a\""})
  void versionOfTomcatIsInTheContext(String version, String context) throws Exception {
    Monitoring versioned = monitoring("Catalina/localhost", version);
    AppMetrics app = loaded(versioned);
    try {
      ObjectName name =
          new ObjectName(
              "org.isthmus:type=Application,host=Catalina/localhost,name=\"shop:application\",context="
                  + context);
      assertTrue(server.isRegistered(name));
    } finally {
      versioned.drop(app);
    }
  }

  @Test
  void equalNamesHaveNumbers() throws Exception {
    loaded(one);
    loaded(other);
    assertEquals(2, names().size());
    assertEquals(1, names().stream().filter(n -> "2".equals(n.getKeyProperty("number"))).count());
  }

  @Test
  void equalNamesInOneWebApplicationAreToldApart() throws Exception {
    loaded(one);
    assertEquals("shop:application (2)", loaded(one).name());
    assertEquals(2, names().size());
  }

  @Test
  void otherHostsDoNotClash() throws Exception {
    loaded(one);
    Monitoring elsewhere = monitoring("Catalina/shop.example.org");
    loaded(elsewhere);
    assertTrue(names().stream().allMatch(name -> name.getKeyProperty("number") == null));
    elsewhere.apps().forEach(elsewhere::drop);
  }

  @Test
  void contextThatMayNotBeAskedForItsHostHasNone() throws Exception {
    Monitoring restricted = monitoring(null);
    loaded(restricted);
    assertEquals("default", names().iterator().next().getKeyProperty("host"));
    restricted.apps().forEach(restricted::drop);
  }

  @Test
  void whatIsDroppedLeavesNothingAndTheOthersStay() throws Exception {
    AppMetrics first = loaded(one);
    AppMetrics second = loaded(one);
    one.drop(first);
    assertEquals(1, names().size());
    one.drop(second);
    assertEquals(Set.of(), names());
  }

  /** It has become ready on one thread when another one asks for JMX. */
  @Test
  void registrationBesideAStartMakesOneBean() throws Exception {
    ServletContext context = Fake.of(ServletContext.class, new Context("Catalina/localhost"));
    Monitoring late = Monitoring.of(context);
    AppMetrics app = late.begin("?", true);
    app.ready(Fake.of(WsgiApp.class, new Shop()), 1);
    late.register(context);
    late.settled(app);
    late.settled(app);
    assertEquals(1, names().size());
    late.drop(app);
    late.settled(app);
    assertEquals(Set.of(), names());
  }

  @Test
  void everyAttributeHasAValueOfItsType() throws Exception {
    AppMetrics app = loaded(one);
    app.failed(Rule.EXIT_FAILED, "text");
    ObjectName name = names().iterator().next();
    for (var info : server.getMBeanInfo(name).getAttributes()) {
      Object value = server.getAttribute(name, info.getName());
      var type = ((javax.management.openmbean.OpenMBeanAttributeInfo) info).getOpenType();
      assertTrue(type.isValue(value), info.getName());
      assertFalse(info.getDescription().isEmpty());
    }
    TabularData errors = (TabularData) server.getAttribute(name, "Errors");
    assertEquals(1L, errors.get(new Object[] {Rule.EXIT_FAILED.code()}).get("count"));
    CompositeData times = (CompositeData) server.getAttribute(name, "TotalTime");
    assertEquals(0L, times.get("count"));
  }

  @Test
  void workersAreATableOfOpenTypes() throws Exception {
    loaded(one);
    ObjectName name = names().iterator().next();
    assertEquals(0, ((TabularData) server.getAttribute(name, "Workers")).size());
    assertEquals(0L, server.getAttribute(name, "WorkerRestarts"));
    one.apps().get(0).ready(Fake.of(WsgiApp.class, new TwoWorkers.Shop()), 1);
    TabularData workers = (TabularData) server.getAttribute(name, "Workers");
    assertEquals(2, workers.size());
    assertEquals(4713L, workers.get(new Object[] {2}).get("pid"));
    assertEquals("STARTING", workers.get(new Object[] {2}).get("state"));
    assertEquals(30_000_000L, workers.get(new Object[] {0}).get("resident"));
    TabularData exits = (TabularData) server.getAttribute(name, "WorkerExits");
    assertEquals(6L, exits.get(new Object[] {"max_requests"}).get("count"));
    assertEquals(7L, server.getAttribute(name, "WorkerRestarts"));
  }

  @Test
  void nothingCanBeSet() throws Exception {
    loaded(one);
    ObjectName name = names().iterator().next();
    Attribute attribute = new Attribute("Requests", 0L);
    assertThrows(AttributeNotFoundException.class, () -> server.setAttribute(name, attribute));
    assertThrows(AttributeNotFoundException.class, () -> server.getAttribute(name, "Absent"));
  }

  @Test
  void operationReloadsAndSaysWhatBecameOfIt() throws Exception {
    loaded(one);
    ObjectName name = names().iterator().next();
    one.reloads().by(() -> "this is generation 2");
    assertEquals("this is generation 2", server.invoke(name, "reload", null, null));
    one.reloads()
        .by(
            () -> {
              throw new IllegalStateException("IS0110: not reloaded");
            });
    MBeanException failure =
        assertThrows(MBeanException.class, () -> server.invoke(name, "reload", null, null));
    assertEquals("IS0110: not reloaded", failure.getMessage());
    assertThrows(ReflectionException.class, () -> server.invoke(name, "stop", null, null));
    assertEquals("reload", server.getMBeanInfo(name).getOperations()[0].getName());
  }

  @Test
  void reloadIsShownUntilTheNextOne() throws Exception {
    AppMetrics app = loaded(one);
    ObjectName name = names().iterator().next();
    one.reloads().failed("IS0110: not reloaded");
    assertEquals("IS0110: not reloaded", server.getAttribute(name, "ReloadFailure"));
    one.reloads().succeeded();
    app.placed(2, new PoolUse(4, () -> 3, () -> 1));
    app.ready(Fake.of(WsgiApp.class, new Shop()), 1);
    assertEquals("", server.getAttribute(name, "ReloadFailure"));
    assertEquals(2L, server.getAttribute(name, "Generation"));
    assertEquals(4L, server.getAttribute(name, "PoolMax"));
    assertEquals(3L, server.getAttribute(name, "PoolSize"));
    assertEquals(1L, server.getAttribute(name, "PoolBusy"));
  }
}
