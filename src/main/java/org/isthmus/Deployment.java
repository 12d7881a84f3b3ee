// What the servlets, filters and the listener of one web application share: engine and files.
package org.isthmus;

import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.Map;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Engines;
import org.isthmus.source.AppSource;
import org.isthmus.source.SerialApp;
import org.isthmus.source.SharedApp;

/**
 * One per web application, kept in its ServletContext; made by whoever comes first, closed by
 * whoever leaves last.
 *
 * <p><b>Threading.</b> Used while the container deploys and undeploys; guarded by the context.
 */
final class Deployment {
  private static final String ATTRIBUTE = "org.isthmus.deployment";

  private final ServletContext context;
  private final WebInf webInf;
  private final Engines engines;
  private int users;

  private Deployment(ServletContext context, Settings settings) {
    this.context = context;
    this.webInf = WebInf.of(context);
    try {
      this.engines =
          Engines.jython(
              loader(context), webInf.jython(), loader -> engineSpec(context, loader, settings));
    } catch (RuntimeException e) {
      webInf.close();
      throw e;
    }
  }

  /** Returns the web application's deployment, for one more user of it. */
  static Deployment join(ServletContext context, Settings settings) {
    synchronized (context) {
      Deployment deployment = (Deployment) context.getAttribute(ATTRIBUTE);
      if (deployment == null) {
        deployment = new Deployment(context, settings);
        context.setAttribute(ATTRIBUTE, deployment);
      }
      deployment.users++;
      return deployment;
    }
  }

  /** Tells that one user has gone; the last one closes the engine. */
  void leave() {
    synchronized (context) {
      users--;
      if (users == 0) {
        context.removeAttribute(ATTRIBUTE);
        try {
          engines.close();
        } finally {
          webInf.close();
        }
      }
    }
  }

  /** Imports the application that settings name. */
  AppSource load(Settings settings) {
    boolean multithread = settings.get(SettingsTable.MULTITHREAD);
    AppSpec spec =
        new AppSpec(
            settings.get(SettingsTable.APP),
            settings.get(SettingsTable.PYTHON_PATH),
            multithread,
            settings.get(SettingsTable.ENVIRON_LAZY),
            settings.get(SettingsTable.ENVIRON_ADD));
    return multithread
        ? new SharedApp(engines.engine().load(spec))
        : new SerialApp(engines.engine().load(spec));
  }

  private EngineSpec engineSpec(
      ServletContext servletContext, ClassLoader loader, Settings settings) {
    Map<String, String> properties = new HashMap<>();
    String home = settings.get(SettingsTable.PYTHON_HOME);
    if (home != null) {
      properties.put("python.home", home);
    }
    return new EngineSpec(
        servletContext,
        loader,
        webInf.directory(),
        settings.get(SettingsTable.PYTHON_SITE),
        settings.get(SettingsTable.LOG_LEVEL),
        properties);
  }

  /** The web application's own loader, even where Isthmus itself lies in a parent of it. */
  private static ClassLoader loader(ServletContext context) {
    ClassLoader loader = context.getClassLoader();
    return loader != null ? loader : Deployment.class.getClassLoader();
  }
}
