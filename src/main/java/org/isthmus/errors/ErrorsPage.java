// The page of all errors, docs/errors.md, and the entry of one code on it.
package org.isthmus.errors;

import java.util.Locale;

/** Reads the page as Isthmus's jar has it, in Markdown. */
public final class ErrorsPage {
  /** The page's name in the jar. */
  public static final String NAME = "META-INF/errors.md";

  private ErrorsPage() {}

  /** Returns the entry of a code, beginning with its heading; null if there is none. */
  public static String entry(String page, String code) {
    String heading = "## " + code.toUpperCase(Locale.ROOT);
    for (String part : page.split("\n(?=## )", -1)) {
      if (part.lines().findFirst().orElse("").equals(heading)) {
        return part.strip();
      }
    }
    return null;
  }
}
