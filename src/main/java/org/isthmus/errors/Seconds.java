// A time as messages show it: in seconds, with no more digits than it has.
package org.isthmus.errors;

import java.math.BigDecimal;
import java.time.Duration;

/** Writes {@code 5} or {@code 0.25}, as a setting has it. */
public final class Seconds {
  private Seconds() {}

  /** Returns a time, to the millisecond. */
  public static String text(Duration time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3);
    return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
  }
}
