// The numbers that a datetime consists of, in the order of Python's constructor.
package org.isthmus.services;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;

/**
 * Year, month, day, hour, minute, second, microsecond; and, of a datetime with a zone, its offset
 * from UTC in seconds.
 */
public final class Fields {
  private static final ChronoField[] ORDER = {
    ChronoField.YEAR,
    ChronoField.MONTH_OF_YEAR,
    ChronoField.DAY_OF_MONTH,
    ChronoField.HOUR_OF_DAY,
    ChronoField.MINUTE_OF_HOUR,
    ChronoField.SECOND_OF_MINUTE,
    ChronoField.MICRO_OF_SECOND
  };

  private Fields() {}

  /** Returns the numbers of a LocalDateTime or OffsetDateTime. */
  public static List<Long> of(Temporal datetime) {
    List<Long> fields = new ArrayList<>();
    for (ChronoField field : ORDER) {
      fields.add(datetime.getLong(field));
    }
    if (datetime instanceof OffsetDateTime) {
      fields.add((long) ((OffsetDateTime) datetime).getOffset().getTotalSeconds());
    }
    return fields;
  }

  /**
   * Returns the LocalDateTime or OffsetDateTime of numbers.
   *
   * @return null if Java has none: an offset is 18 hours at most
   */
  public static Temporal datetime(List<? extends Number> numbers) {
    int[] of = numbers.stream().mapToInt(Number::intValue).toArray();
    LocalDateTime local = LocalDateTime.of(of[0], of[1], of[2], of[3], of[4], of[5], 1000 * of[6]);
    try {
      return of.length == ORDER.length ? local : local.atOffset(ZoneOffset.ofTotalSeconds(of[7]));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
