package embedded;

import java.util.Map;
import org.isthmus.WsgiBuilder;
import org.isthmus.WsgiFilter;
import org.isthmus.WsgiServlet;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
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

  @Bean
  FilterRegistrationBean<WsgiFilter> filter() {
    FilterRegistrationBean<WsgiFilter> bean =
        new FilterRegistrationBean<>(new WsgiFilter("greeting:application"));
    bean.addUrlPatterns("/filtered/*");
    return bean;
  }
}
