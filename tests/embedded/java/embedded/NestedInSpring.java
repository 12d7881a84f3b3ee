package embedded;

import java.net.InetAddress;
import java.util.Map;
import org.isthmus.WsgiServlet;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.server.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot program as an executable WAR; its Tomcat serves what is in the WAR itself. */
@Configuration(proxyBeanMethods = false)
public class NestedInSpring {
  public static void main(String[] args) throws Exception {
    SpringApplication program = new SpringApplication(NestedInSpring.class);
    program.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
    ServletWebServerApplicationContext context =
        (ServletWebServerApplicationContext) program.run(args);
    Program.run(context.getWebServer().getPort(), context::close);
  }

  @Bean
  ServletWebServerFactory server() {
    TomcatServletWebServerFactory server = new TomcatServletWebServerFactory(0);
    server.setAddress(InetAddress.getLoopbackAddress());
    return server;
  }

  @Bean
  ServletRegistrationBean<WsgiServlet> servlet() {
    ServletRegistrationBean<WsgiServlet> bean =
        new ServletRegistrationBean<>(new WsgiServlet("features:application"), "/*");
    bean.setLoadOnStartup(1);
    return bean;
  }
}
