package com.example.greeter;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** A page that is a forward, as the welcome page of Spring Boot is. */
@Controller
class Welcome {
  @GetMapping(path = "/", params = "welcome")
  String page() {
    return "forward:/welcome";
  }

  @GetMapping("/welcome")
  @ResponseBody
  String target() {
    return "welcome";
  }
}
