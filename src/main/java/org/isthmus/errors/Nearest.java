// Which of the known names a wrong one was probably meant to be.
package org.isthmus.errors;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what messages ask: "did you mean ...?" */
public final class Nearest {
  /** A shorter beginning, such as two hyphens, says nothing. */
  private static final int SHORTEST_HALF = 3;

  private Nearest() {}

  /**
   * Returns the nearest of the known names, if one is near at all: if at most half of the
   * characters differ. Half a name, or one without its middle ({@code a.c} for {@code a.b.c}), is
   * near.
   */
  public static Optional<String> of(String written, Stream<String> known) {
    return known
        .min(Comparator.comparingInt(name -> unlikeness(written, name)))
        .filter(name -> unlikeness(written, name) <= Math.max(1, written.length() / 2));
  }

  private static int unlikeness(String written, String known) {
    boolean half = known.startsWith(written) || written.startsWith(known);
    if (half && written.length() >= SHORTEST_HALF) {
      return 1;
    }
    int ofLastPart = 1 + distance(lastPart(written), lastPart(known));
    return Math.min(distance(written, known), ofLastPart);
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
