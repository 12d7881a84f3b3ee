// A password that an option names by where it is.
package org.isthmus.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** Reads {@code file:PATH} and {@code env:NAME}. */
final class Secret {
  private Secret() {}

  /**
   * Reads a password.
   *
   * @param option the one that names it, for messages
   * @param source {@code file:PATH}, whose trailing white space is ignored, or {@code env:NAME}
   * @param environment gives the value of an environment variable, or null
   * @param forms what the source may be, for messages
   * @throws WsgiException if it is something else, or cannot be read
   */
  static String read(
      Option option, String source, UnaryOperator<String> environment, String forms) {
    int colon = source.indexOf(':') + 1;
    String where = source.substring(colon);
    switch (source.substring(0, colon)) {
      case "env:":
        String value = environment.apply(where);
        if (value != null) {
          return value;
        }
        throw refused(option, source, "a variable that is set");
      case "file:":
        try {
          return Files.readString(Path.of(where)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
          throw refused(option, source, "a file that can be read");
        }
      default:
        // Not shown: it may be the password itself.
        throw refused(option, "a word", forms);
    }
  }

  private static WsgiException refused(Option option, String value, String rule) {
    return new WsgiException(Rule.OPTION_VALUE, "Option " + option.word, value, rule);
  }
}
