package org.isthmus.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line may say, and passwords in it. */
class OptionsTest {
  private static WsgiException refused(Map<String, String> environment, String... words) {
    return assertThrows(WsgiException.class, () -> Options.of(List.of(words), environment::get));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--port eighty          | --port         | 'eighty'",
        "--port                 | --port         | 'the last word'",
        "--help=me              | --help         | 'me'",
        "--context-path shop    | --context-path | 'shop'",
        "explain                | explain        | ''"
      })
  void valueIsRefused(String line, String option, String value) {
    WsgiException refusal = refused(Map.of(), line.split(" "));
    assertEquals(Rule.OPTION_VALUE, refusal.rule());
    String text = option + " is " + value + ", which is not ";
    assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"--prot, ' (did you mean --port?)'", "app, ''"})
  void unknownOptionIsRefused(String word, String suggestion) {
    WsgiException refusal = refused(Map.of(), word, "1");
    assertEquals(Rule.OPTION_UNKNOWN, refusal.rule());
    String text = "'" + word + "'" + suggestion + ". ";
    assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--jndi=jdbc/app                                          | NAME=URL",
        "--jndi=jdbc:postgresql://shop:sesame@h/db                | NAME=URL",
        "--jndi=jdbc:postgresql://shop:sesame@h/db?ssl=true       | NAME=URL",
        "--jndi=jdbc:db2://h/db:user=shop;password=sesame;        | NAME=URL",
        "--jndi=a=postgresql:shop/sesame@h/db                     | jdbc:",
        "--jndi=a=jdbc:db2://h/db:password=sesame;user=shop;      | --jndi-password",
        "--jndi=a=jdbc:mysql://(host=h)(password=sesame)/db       | --jndi-password",
        "--jndi=jdbc/app=postgresql://h/db                        | jdbc:",
        "--jndi=jdbc/app=jdbc:h2:mem:shop;PASSWORD=sesame         | --jndi-password",
        "--jndi=a=jdbc:postgresql://h/db?password=sesame          | --jndi-password",
        "--jndi=a=jdbc:mysql://shop:sesame@h/db                   | --jndi-password",
        "--jndi=a=jdbc:oracle:thin:shop/sesame@//h/db             | --jndi-password",
        "H2 --jndi-password=jdbc/app=sesame                       | file:PATH",
        "H2 --jndi-password=jdbc/app=pass:sesame                  | file:PATH",
        "H2 --jndi-password=sesame                                | NAME=SOURCE",
        "H2 --jndi-password=sesame=2                              | jdbc/app",
        "H2 --jndi-password=jdbc/app=env:NO_SUCH_NAME             | is set",
        "H2 --jndi-user=jdbc/shop=shop                            | jdbc/app"
      })
  void dataSourceIsRefusedAndNoPasswordRepeated(String line, String remedy) {
    String words = line.replace("H2", "--jndi=jdbc/app=jdbc:h2:mem:shop");
    WsgiException refusal = refused(Map.of(), words.split(" "));
    assertEquals(Rule.OPTION_VALUE, refusal.rule());
    String message = refusal.getMessage();
    assertTrue(message.startsWith("IS0161: "), message);
    assertTrue(message.contains(remedy), message);
    assertFalse(message.contains("sesame"), message);
  }

  @Test
  void passwordFilesAreReadOnce(@TempDir Path directory) throws Exception {
    // As /dev/stdin, which is empty the second time.
    Path file = Files.writeString(directory.resolve("password"), "sesame\n");
    List<String> words =
        List.of(
            "--jndi=jdbc/app=jdbc:h2:mem:app",
            "--jndi-password=jdbc/app=file:" + file,
            "--tls-keystore=" + file,
            "--tls-password=file:" + file);
    Options options = Options.of(words, name -> null);
    Files.delete(file);
    assertEquals("sesame", options.password());
    assertEquals("sesame", options.dataSources().get(0).password());
  }
}
