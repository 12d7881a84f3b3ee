// What happens when the web application of a Spring Boot program starts, and ends.
package org.isthmus.spring;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isthmus.deploy.KeptLog;
import org.isthmus.settings.SettingsTable;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Passes settings and beans on, makes files of Python's sources, and keeps the log until the end.
 */
final class SpringStart implements ServletContextInitializer {
  /** In isthmus.python.path: what is on sys.path without it. */
  private static final String OTHERS = "*";

  private final ConfigurableEnvironment environment;
  private final ApplicationContext program;

  SpringStart(ConfigurableEnvironment environment, ApplicationContext program) {
    this.environment = environment;
    this.program = program;
  }

  @Override
  public void onStartup(ServletContext context) {
    SpringProperties.warnOfUnknown(environment);
    Map<String, String> settings = SpringProperties.settings(environment);
    // Listeners end in reverse order: with Spring's own, this one after all servlets.
    PythonFiles files = PythonFiles.of(program.getClassLoader(), context);
    context.addListener(new End(files));
    if (!files.path().isEmpty()) {
      String given = settings.get(SettingsTable.PYTHON_PATH.name);
      settings.put(SettingsTable.PYTHON_PATH.name, path(files.path(), given));
    }
    settings.forEach(context::setInitParameter);
    Beans.provide(program, context);
  }

  /** As WEB-INF/app and lib-python are, ours come before what the machine's Python has. */
  private static String path(List<String> ours, String given) {
    List<String> path = new ArrayList<>(ours);
    List<String> more = given == null ? List.of() : Arrays.asList(given.split(File.pathSeparator));
    if (!more.contains(OTHERS)) {
      path.add(OTHERS);
    }
    path.addAll(more);
    return String.join(File.pathSeparator, path);
  }

  /** The end, after that of servlets and filters. */
  private static final class End implements ServletContextListener {
    private final KeptLog log = new KeptLog();
    private final PythonFiles files;

    End(PythonFiles files) {
      this.files = files;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {}

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      log.begin();
      files.close();
      log.end();
    }
  }
}
