// What happens when the web application of a Spring Boot program starts, and ends.
package org.isthmus.spring;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isthmus.settings.SettingsTable;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.core.env.ConfigurableEnvironment;

/** Passes the settings on, makes files of Python's sources, and keeps the log until the end. */
final class SpringStart implements ServletContextInitializer {
  private final ConfigurableEnvironment environment;
  private final ClassLoader loader;

  SpringStart(ConfigurableEnvironment environment, ClassLoader loader) {
    this.environment = environment;
    this.loader = loader;
  }

  @Override
  public void onStartup(ServletContext context) {
    SpringProperties.warnOfUnknown(environment);
    Map<String, String> settings = SpringProperties.settings(environment);
    // Listeners end in reverse order: with Spring's own, this one after all servlets.
    PythonFiles files = PythonFiles.of(loader, context);
    KeptLog log = KeptLog.begin();
    context.addListener(new End(log, files));
    List<String> path = new ArrayList<>(files.path());
    String given = settings.get(SettingsTable.PYTHON_PATH.name);
    if (given != null) {
      path.add(given);
    }
    if (!path.isEmpty()) {
      settings.put(SettingsTable.PYTHON_PATH.name, String.join(File.pathSeparator, path));
    }
    settings.forEach(context::setInitParameter);
  }

  /** The end, after that of servlets and filters. */
  private static final class End implements ServletContextListener {
    private final KeptLog log;
    private final PythonFiles files;

    End(KeptLog log, PythonFiles files) {
      this.log = log;
      this.files = files;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {}

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      files.close();
      log.end();
    }
  }
}
