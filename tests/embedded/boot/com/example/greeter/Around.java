package com.example.greeter;

import org.isthmus.WsgiBuilder;
import org.isthmus.WsgiFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Python around the controller, and not around the Python servlet. */
@Configuration(proxyBeanMethods = false)
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
