// What happens when the web application of a Spring Boot program starts, and ends.
package org.isthmus.spring;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Map;
import org.isthmus.webinf.ClassPathPython;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.core.env.ConfigurableEnvironment;

/** Passes the settings on, asks for Python of the class path, and keeps the log until the end. */
final class SpringStart implements ServletContextInitializer {
  private final ConfigurableEnvironment environment;

  SpringStart(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public void onStartup(ServletContext context) {
    SpringProperties.warnOfUnknown(environment);
    Map<String, String> settings = SpringProperties.settings(environment);
    // An executable WAR has WEB-INF, and Python in its classes all the same.
    context.setAttribute(ClassPathPython.WANTED, true);
    // Listeners end in reverse order: with Spring's own, this one after all servlets.
    KeptLog log = KeptLog.begin();
    context.addListener(new End(log));
    settings.forEach(context::setInitParameter);
  }

  /** The end, after that of servlets and filters. */
  private static final class End implements ServletContextListener {
    private final KeptLog log;

    End(KeptLog log) {
      this.log = log;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {}

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      log.end();
    }
  }
}
