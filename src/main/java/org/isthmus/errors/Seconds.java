// Formats times for messages: in seconds, with no unnecessary digits.
package org.isthmus.errors;

import java.math.BigDecimal;
import java.time.Duration;

/** Writes {@code 5} or {@code 0.25}, like a setting. */
public final class Seconds {
  private Seconds() {}

  /** Formats a time, to the millisecond. */
  public static String text(Duration time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3);
    return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
  }
}
