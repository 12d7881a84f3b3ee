package org.isthmus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/shop?user=shop&password=sesame",
        "jdbc:postgresql://db/shop?PASSWORD=sesame&user=shop",
        "jdbc:sqlserver://db;user=shop;password={ses;ame};encrypt=true",
        "jdbc:oracle:thin:shop/sesame@//db:1521/shop",
        "host=db user=shop password='sesame x' port=1",
        "https://api.example.org/?api_key=sesame#top",
        "https://sesame@git.example.org/shop.git",
        "amqp://shop:a/sesame@queue",
        "amqp://shop:a@sesame@queue"
      })
  void secretsInTheParametersOfAUrlAreHidden(String value) {
    String shown = Masked.text("isthmus.environ.add", "shop.database: " + value);
    assertFalse(shown.contains("sesame"), shown);
    assertFalse(shown.contains("ame}"), shown);
    assertTrue(shown.startsWith("shop.database: " + value.substring(0, 4)), shown);
  }

  @Test
  void theRestIsShown() {
    String value =
        "shop.colour: green\nshop.url: http://localhost:8080/a@b?user=shop;size=1\n"
            + "shop.ports: http://[::1]:8080/ http://10.0.0.1:80?a=b http://host/x:y@z";
    assertEquals(value, Masked.text("isthmus.environ.add", value));
    assertEquals("shop:application", Masked.text("isthmus.app", "shop:application"));
  }
}
