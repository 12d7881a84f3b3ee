// Prints the entry of an error code: `java -jar isthmus-0.1.0.jar IS0012`.
package org.isthmus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.isthmus.errors.ErrorsPage;

/**
 * The command {@code isthmus explain} for those who have a web application, and so this jar, but
 * not the tool.
 */
public final class Explain {
  private static final int MISUSED = 2;

  private Explain() {}

  /**
   * Prints an entry of docs/errors.md as it is, in Markdown; ends the JVM with 2 if there is none.
   *
   * @param arguments one code, such as {@code IS0012}
   */
  public static void main(String[] arguments) {
    String entry = arguments.length == 1 ? entry(arguments[0]) : null;
    if (entry == null) {
      System.err.println("Give one error code, as in a message of Isthmus: IS0012.");
      System.exit(MISUSED);
    }
    System.out.println(entry);
  }

  /** Returns the entry of a code, beginning with its heading; null if there is none. */
  static String entry(String code) {
    return ErrorsPage.entry(page(), code);
  }

  private static String page() {
    try (InputStream in = Explain.class.getResourceAsStream("/" + ErrorsPage.NAME)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
