package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletContext;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.isthmus.Fake;
import org.isthmus.WebApp;
import org.isthmus.engine.jython.boot.JythonOptions;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Observer;
import org.isthmus.settings.Settings;
import org.junit.jupiter.api.Test;

/** What holds for all servlets and filters of a web application. */
class DeploymentTest {
  private final ServletContext context = WebApp.empty().context();

  private Settings settings(String app, String metrics) {
    Map<String, String> params =
        Map.of(
            "isthmus.app", app, "isthmus.metrics.enabled", metrics, "isthmus.metrics.jmx", "false");
    return Settings.of(params, "servlet shop", context, name -> null, name -> null);
  }

  private Settings settings(String reload) {
    Map<String, String> params =
        Map.of("isthmus.metrics.jmx", "false", "isthmus.reload.mode", reload);
    return Settings.of(params, "servlet shop", context, name -> null, name -> null);
  }

  private static long watching() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("isthmus-reload"))
        .count();
  }

  @Test
  void firstComponentDecidesWhetherFilesAreWatched() {
    Deployment deployment = Deployment.join(context);
    deployment.wanted(settings("watch"), "servlet one");
    assertEquals(1, watching());
    deployment.leave();
    assertEquals(0, watching());
    deployment = Deployment.join(context);
    deployment.wanted(settings("off"), "servlet one");
    deployment.wanted(settings("watch"), "servlet two");
    assertEquals(0, watching());
    deployment.leave();
  }

  @Test
  void firstComponentDecidesWhetherRequestsAreCounted() {
    Deployment deployment = Deployment.join(context);
    WantedApp one = deployment.wanted(settings("one:app", "false"), "servlet one");
    WantedApp two = deployment.wanted(settings("two:app", "true"), "servlet two");
    assertSame(Observer.NONE, one.counted.observer());
    assertSame(Observer.NONE, two.counted.observer());
    deployment.leave();
  }

  /** A server that knows names where and while it deploys. */
  public static final class Names implements InitialContextFactory {
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) {
      return Fake.of(Context.class, this);
    }

    public Object lookup(String name) throws NamingException {
      ClassLoader ofWebApp = WebApp.empty().context().getClassLoader();
      if (Thread.currentThread().getContextClassLoader() != ofWebApp) {
        throw new NameNotFoundException(name);
      }
      return (Executor) Runnable::run;
    }
  }

  @Test
  void executorIsLookedUpAtOnceByTheLoaderOfTheWebApplication() {
    Map<String, String> params =
        Map.of("isthmus.metrics.jmx", "false", "isthmus.submit.executor", "concurrent/pool");
    Settings settings = Settings.of(params, "servlet shop", context, name -> null, name -> null);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader other = new ClassLoader(before) {};
    Deployment deployment = Deployment.join(context);
    thread.setContextClassLoader(other);
    System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
    try {
      WantedApp wanted = deployment.wanted(settings, "servlet one");
      assertSame(other, thread.getContextClassLoader());
      System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
      assertNotNull(((JythonOptions) wanted.spec.options()).executor());
      // Whoever loads it is told, not whoever asks for it.
      WantedApp absent = deployment.wanted(settings, "servlet two");
      JythonOptions options = (JythonOptions) absent.spec.options();
      assertEquals(
          Rule.SUBMIT_EXECUTOR, assertThrows(WsgiException.class, options::executor).rule());
    } finally {
      System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
      thread.setContextClassLoader(before);
      deployment.leave();
    }
  }
}
