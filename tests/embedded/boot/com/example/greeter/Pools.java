package com.example.greeter;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;

/** Two data sources, instead of the one that Spring Boot makes. */
@Configuration(proxyBeanMethods = false)
@Profile("pools")
class Pools {
  @Bean
  @Primary
  HikariDataSource shop() {
    return pool("shop", "sesame");
  }

  @Bean
  HikariDataSource archive() {
    return pool("archive", "barley");
  }

  private static HikariDataSource pool(String name, String password) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:h2:mem:" + name);
    pool.setUsername("ada");
    pool.setPassword(password);
    return pool;
  }
}
