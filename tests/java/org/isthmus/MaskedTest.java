package org.isthmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may see of values. */
class MaskedTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.password",
        "DB_PASSWD",
        "django.SECRET_KEY",
        "api-token",
        "aws.credentials",
        "Authorization"
      })
  void valueOfASecretNameIsHidden(String name) {
    assertFalse(Masked.text(name, "sesame").contains("sesame"));
    assertFalse(
        Masked.text("isthmus.environ.add", "a: b\n" + name + ": sesame").contains("sesame"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://shop:sesame@db/shop",
        "url: amqp://:sesame@queue",
        "url: redis://user:sesame@[::1]:6379/0 and jdbc:x://u:sesame@h"
      })
  void passwordOfAUrlIsHidden(String value) {
    assertFalse(Masked.text("isthmus.environ.add", value).contains("sesame"));
  }

  @Test
  void theRestIsShown() {
    String value = "shop.colour: green\nshop.url: http://localhost:8080/a@b";
    assertEquals(value, Masked.text("isthmus.environ.add", value));
    assertEquals("shop:application", Masked.text("isthmus.app", "shop:application"));
  }
}
