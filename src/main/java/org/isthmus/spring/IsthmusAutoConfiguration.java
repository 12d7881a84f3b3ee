// The beans of a Spring Boot program that has the starter and names an application.
package org.isthmus.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.ServletContext;
import org.isthmus.StatusServlet;
import org.isthmus.WsgiServlet;
import org.isthmus.metrics.MicrometerMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Registers {@link WsgiServlet} if {@code isthmus.app} is set, with all of Spring's {@code
 * isthmus.*} properties as settings; those of docs/settings.md and of {@link SpringProperties}.
 *
 * <p>A program that registers servlets or filters itself keeps them: the properties are the
 * context-params of the whole web application.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class IsthmusAutoConfiguration {
  /** Creates the configuration; Spring does. */
  public IsthmusAutoConfiguration() {}

  /** Before everything that reads settings. */
  @Bean
  @Order(Integer.MIN_VALUE)
  ServletContextInitializer isthmusSettings(
      ConfigurableEnvironment environment, ApplicationContext program) {
    return new SpringStart(environment, program);
  }

  @Bean
  @ConditionalOnProperty("isthmus.app")
  @ConditionalOnMissingBean(
      value = WsgiServlet.class,
      parameterizedContainer = ServletRegistrationBean.class)
  ServletRegistrationBean<WsgiServlet> isthmusServlet(
      ConfigurableEnvironment environment, ApplicationContext program) {
    ServletRegistrationBean<WsgiServlet> bean =
        new ServletRegistrationBean<>(new WsgiServlet(), Paths.of(environment, program));
    bean.setName("isthmus");
    // A failure ends the program, as that of any bean does.
    bean.setLoadOnStartup(1);
    return bean;
  }

  @Bean
  @ConditionalOnMissingBean(
      value = StatusServlet.class,
      parameterizedContainer = ServletRegistrationBean.class)
  ServletRegistrationBean<StatusServlet> isthmusStatusServlet() {
    ServletRegistrationBean<StatusServlet> bean =
        new ServletRegistrationBean<>(new StatusServlet(), "/isthmus/*");
    bean.setName("isthmus-status");
    return bean;
  }

  /** For the actuator, which binds all binders. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Meters {
    @Bean
    @ConditionalOnMissingBean
    MicrometerMetrics isthmusMetrics(ServletContext context) {
      return new MicrometerMetrics(context);
    }
  }

  /** For the actuator of Spring Boot 3. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
  @ConditionalOnProperty(name = "management.health.isthmus.enabled", matchIfMissing = true)
  static class Health3 {
    @Bean
    @ConditionalOnMissingBean(name = "isthmusHealthIndicator")
    org.springframework.boot.actuate.health.HealthIndicator isthmusHealthIndicator(
        ServletContext context) {
      return new HealthOfBoot3(context);
    }
  }

  /** For the actuator of Spring Boot 4, which has it in another package. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  @ConditionalOnProperty(name = "management.health.isthmus.enabled", matchIfMissing = true)
  static class Health4 {
    @Bean
    @ConditionalOnMissingBean(name = "isthmusHealthIndicator")
    org.springframework.boot.health.contributor.HealthIndicator isthmusHealthIndicator(
        ServletContext context) {
      return new HealthOfBoot4(context);
    }
  }
}
