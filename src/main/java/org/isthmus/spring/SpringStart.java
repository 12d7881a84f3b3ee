// What happens when the web application of a Spring Boot program starts.
package org.isthmus.spring;

import jakarta.servlet.ServletContext;
import java.util.Map;
import org.isthmus.webinf.ClassPathPython;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Passes settings and beans on, and asks for Python of the class path. */
final class SpringStart implements ServletContextInitializer {
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
    // An executable WAR has WEB-INF, but its Python is in the classes.
    context.setAttribute(ClassPathPython.WANTED, true);
    settings.forEach(context::setInitParameter);
    Beans.provide(program, context);
  }
}
