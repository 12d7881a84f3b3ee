package com.example.greeter;

import org.isthmus.WsgiBuilder;
import org.isthmus.WsgiFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Python around the controller, and not around the Python servlet. */
@Configuration(proxyBeanMethods = false)
@Profile("around")
class Around {
  // begin: around
  @Bean
  FilterRegistrationBean<WsgiFilter> pythonFilter() {
    WsgiFilter filter =
        WsgiBuilder.app("around:application").set("isthmus.filter.chain", "wsgi").filter();
    FilterRegistrationBean<WsgiFilter> bean = new FilterRegistrationBean<>(filter);
    bean.addUrlPatterns("/");
    return bean;
  }
  // end: around
}
