package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.isthmus.Fake;
import org.isthmus.Logged;
import org.isthmus.WebApp;
import org.isthmus.engine.AppSpec;
import org.isthmus.errors.Rule;
import org.isthmus.metrics.AppMetrics;
import org.isthmus.metrics.Monitoring;
import org.isthmus.settings.Settings;
import org.isthmus.webinf.WebInf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever asks for a reload by JMX gets an answer, whatever fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadingTest {
  private static final ClassLoader LOADER = ReloadingTest.class.getClassLoader();

  private final Settings settings =
      Settings.of(Map.of(), "servlet shop", WebApp.empty().context(), name -> null, name -> null);
  private final ServletContext context = Fake.of(ServletContext.class, new Failing());
  private final Monitoring monitoring = Monitoring.of(context);
  private final AppMetrics counted = monitoring.begin("shop", true);
  private final Generations generations = new Generations(context, monitoring, LOADER);
  private final Reloading reloading =
      new Reloading(context, LOADER, generations, monitoring.reloads());

  /** A web application that cannot even be looked at. */
  public static final class Failing {
    private final Map<String, Object> attributes = new HashMap<>();

    public Object getAttribute(String name) {
      return attributes.get(name);
    }

    public void setAttribute(String name, Object value) {
      attributes.put(name, value);
    }

    public String getContextPath() {
      return "/failing";
    }

    public Set<String> getResourcePaths(String directory) {
      if (directory.equals(WebInf.ROOT)) {
        throw new AssertionError("as the test wants");
      }
      return Set.of();
    }
  }

  @BeforeEach
  void begin() {
    monitoring.register(context);
    generations.expectReloads();
    AppSpec spec = new AppSpec("shop:app", List.of(), true, false, Map.of(), Map.of(), null);
    Placement placement = Placement.of(settings, "servlet shop");
    WantedApp wanted = new WantedApp(spec, placement, settings, counted);
    generations.fail(wanted, Rule.BACKGROUND_FAILED, "");
    reloading.begin(settings);
  }

  @AfterEach
  void end() {
    reloading.close();
    monitoring.drop(counted);
  }

  private void assertFails() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = server.queryNames(new ObjectName("org.isthmus:*"), null).iterator().next();
    Exception failure =
        assertThrows(MBeanException.class, () -> server.invoke(name, "reload", null, null));
    String message = failure.getCause().getMessage();
    assertTrue(message.contains("as the test wants"), message);
    assertTrue(message.contains("JMX"), message);
  }

  @Test
  void anErrorIsAnAnswerAndTheNextReloadIsTried() throws Exception {
    try (Logged logged = new Logged()) {
      assertFails();
      assertFails();
      reloading.close();
      assertEquals(2, logged.messages(Level.SEVERE).size());
    }
  }

  @Test
  void logThatFailsKeepsNoAnswer() throws Exception {
    try (Logged logged = new Logged()) {
      logged.fail();
      assertFails();
      assertFails();
    }
  }
}
