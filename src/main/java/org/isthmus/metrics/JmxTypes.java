// Times and errors as JMX's open types.
package org.isthmus.metrics;

import java.util.Map;
import java.util.TreeMap;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** The types that are not simple, and their values. */
final class JmxTypes {
  /** A histogram, with its most useful figures. */
  static final CompositeType TIMES = times();

  private static final CompositeType ERROR =
      composite(
          "Error",
          Map.of("code", SimpleType.STRING, "count", SimpleType.LONG),
          Map.of("code", "the rule", "count", "how often it was broken"));

  /** Codes and counts. */
  static final TabularType ERRORS = table("Errors", ERROR, "code");

  private JmxTypes() {}

  private static CompositeType times() {
    Map<String, OpenType<?>> types = new TreeMap<>();
    Map<String, String> helps = new TreeMap<>();
    types.put("count", SimpleType.LONG);
    helps.put("count", "how many there are");
    types.put("sum", SimpleType.DOUBLE);
    helps.put("sum", "all together, in seconds");
    for (String name : new String[] {"p50", "p90", "p99", "max"}) {
      types.put(name, SimpleType.DOUBLE);
      helps.put(name, "in seconds, as far as the buckets can tell");
    }
    types.put("ends", array(SimpleType.DOUBLE));
    helps.put("ends", "the upper end of each bucket in seconds");
    types.put("counts", array(SimpleType.LONG));
    helps.put("counts", "how many there are in each bucket");
    return composite("Times", types, helps);
  }

  private static ArrayType<?> array(SimpleType<?> type) {
    try {
      return new ArrayType<>(type, true);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  static CompositeType composite(
      String name, Map<String, OpenType<?>> types, Map<String, String> helps) {
    String[] names = types.keySet().toArray(new String[0]);
    String[] texts = new String[names.length];
    OpenType<?>[] inOrder = new OpenType<?>[names.length];
    for (int i = 0; i < names.length; i++) {
      texts[i] = helps.get(names[i]);
      inOrder[i] = types.get(names[i]);
    }
    try {
      return new CompositeType(name, name, names, texts, inOrder);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  static TabularType table(String name, CompositeType row, String key) {
    try {
      return new TabularType(name, name, row, new String[] {key});
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  static CompositeDataSupport times(Counts counts) {
    int buckets = Histogram.BUCKETS;
    double[] ends = new double[buckets];
    long[] inBuckets = new long[buckets];
    for (int i = 0; i < buckets; i++) {
      ends[i] = i == buckets - 1 ? Double.POSITIVE_INFINITY : Histogram.end(i) / 1e9;
      inBuckets[i] = counts.count(i);
    }
    return data(
        TIMES,
        Map.of(
            "count", counts.count(),
            "sum", counts.seconds(),
            "p50", counts.quantile(0.5),
            "p90", counts.quantile(0.9),
            "p99", counts.quantile(0.99),
            "max", counts.quantile(1),
            "ends", ends,
            "counts", inBuckets));
  }

  static TabularDataSupport errors(Map<String, Long> byCode) {
    TabularDataSupport table = new TabularDataSupport(ERRORS);
    byCode.forEach((code, count) -> table.put(data(ERROR, Map.of("code", code, "count", count))));
    return table;
  }

  static CompositeDataSupport data(CompositeType type, Map<String, ?> values) {
    try {
      return new CompositeDataSupport(type, values);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
