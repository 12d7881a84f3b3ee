package com.example.greeter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A program of Spring's, with a controller of its own beside Python. */
@SpringBootApplication
@RestController
public class GreeterProgram {
  public static void main(String[] arguments) {
    SpringApplication.run(GreeterProgram.class, arguments);
  }

  @GetMapping("/")
  String home() {
    return "Python is at /greet/";
  }
}
