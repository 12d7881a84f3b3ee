package embedded;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.isthmus.WsgiBuilder;
import org.isthmus.WsgiFilter;
import org.isthmus.WsgiServlet;
import org.isthmus.metrics.MicrometerMetrics;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.server.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot program: servlet and filter as registration beans. */
@Configuration(proxyBeanMethods = false)
public class SpringProgram {
  public static void main(String[] args) throws Exception {
    SpringApplication program = new SpringApplication(SpringProgram.class);
    program.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
    ServletWebServerApplicationContext context =
        (ServletWebServerApplicationContext) program.run(args);
    Program.run(context.getWebServer().getPort(), context::close);
  }

  @Bean
  ServletWebServerFactory server() throws Exception {
    TomcatServletWebServerFactory server =
        new TomcatServletWebServerFactory("/registered/nested", 0);
    server.setAddress(java.net.InetAddress.getLoopbackAddress());
    server.setRegisterDefaultServlet(true);
    return server;
  }

  @Bean
  ServletRegistrationBean<WsgiServlet> servlet() {
    WsgiServlet servlet =
        WsgiBuilder.app("greeting:application")
            .set("isthmus.environ.add", "test.who: builder")
            .set("isthmus.events", "stopping: greeting:stopping")
            .servlet();
    ServletRegistrationBean<WsgiServlet> bean =
        new ServletRegistrationBean<>(servlet, "/servlet/*", "/also");
    bean.setName("servlet");
    bean.setLoadOnStartup(1);
    return bean;
  }

  @Bean
  ServletRegistrationBean<WsgiServlet> byParameters() {
    ServletRegistrationBean<WsgiServlet> bean =
        new ServletRegistrationBean<>(new WsgiServlet(), "/class/*");
    bean.setName("class");
    bean.addInitParameter("isthmus.app", "greeting:create()");
    return bean;
  }

  /** As an actuator would: a registry that everybody binds to, and an address that shows it. */
  @Bean
  MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  @Bean
  ServletContextInitializer binder(MeterRegistry meters) {
    return context -> new MicrometerMetrics(context).bindTo(meters);
  }

  @Bean
  ServletRegistrationBean<HttpServlet> shown(MeterRegistry meters) {
    HttpServlet servlet =
        new HttpServlet() {
          @Override
          protected void doGet(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            for (Meter meter : meters.getMeters()) {
              for (Measurement value : meter.measure()) {
                Meter.Id id = meter.getId();
                response
                    .getWriter()
                    .println(id.getName() + " " + id.getTags() + " " + value.getValue());
              }
            }
          }
        };
    return new ServletRegistrationBean<>(servlet, "/meters");
  }

  @Bean
  FilterRegistrationBean<WsgiFilter> filter() {
    FilterRegistrationBean<WsgiFilter> bean =
        new FilterRegistrationBean<>(new WsgiFilter("greeting:application"));
    bean.addUrlPatterns("/filtered/*");
    return bean;
  }
}
