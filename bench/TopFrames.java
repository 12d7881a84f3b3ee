import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Prints where a JFR recording's time and memory went: {@code java TopFrames.java FILE LINES}.
 *
 * <p><em>self</em> counts a sample for the frame it was taken in, <em>within</em> once for every
 * method on its stack. Native samples (waiting and system calls) are left out.
 */
final class TopFrames {
  private final Map<String, Long> selfMethods = new HashMap<>();
  private final Map<String, Long> selfPackages = new HashMap<>();
  private final Map<String, Long> oursMethods = new HashMap<>();
  private final Map<String, Long> withinMethods = new HashMap<>();
  private final Map<String, Long> allocated = new HashMap<>();
  private final Map<String, Long> allocating = new HashMap<>();
  private long samples;
  private long ours;
  private long octets;

  public static void main(String[] args) throws IOException {
    TopFrames frames = new TopFrames();
    try (RecordingFile file = new RecordingFile(Path.of(args[0]))) {
      while (file.hasMoreEvents()) {
        frames.add(file.readEvent());
      }
    }
    frames.print(Integer.parseInt(args[1]));
  }

  private void add(RecordedEvent event) {
    String type = event.getEventType().getName();
    if (event.getStackTrace() == null) {
      return;
    }
    List<RecordedFrame> stack = event.getStackTrace().getFrames();
    if (type.equals("jdk.ExecutionSample")) {
      addTime(stack);
    } else if (type.equals("jdk.ObjectAllocationSample")) {
      addMemory(event, stack);
    }
  }

  private void addTime(List<RecordedFrame> stack) {
    samples++;
    RecordedMethod top = stack.get(0).getMethod();
    selfMethods.merge(name(top), 1L, Long::sum);
    selfPackages.merge(packageOf(top), 1L, Long::sum);
    Set<String> seen = new HashSet<>();
    if (stack.stream().anyMatch(frame -> name(frame.getMethod()).startsWith("org.isthmus."))) {
      ours++;
      oursMethods.merge(name(top), 1L, Long::sum);
    }
    for (RecordedFrame frame : stack) {
      if (seen.add(name(frame.getMethod()))) {
        withinMethods.merge(name(frame.getMethod()), 1L, Long::sum);
      }
    }
  }

  private void addMemory(RecordedEvent event, List<RecordedFrame> stack) {
    long weight = event.getLong("weight");
    octets += weight;
    allocated.merge(event.getClass("objectClass").getName(), weight, Long::sum);
    // Few events, but some, come without a stack.
    String method = stack.isEmpty() ? "(unknown)" : name(stack.get(0).getMethod());
    allocating.merge(method, weight, Long::sum);
  }

  private static String name(RecordedMethod method) {
    return method.getType().getName() + "." + method.getName();
  }

  /** Three names deep: org.isthmus.engine, org.python.core, java.util.concurrent. */
  private static String packageOf(RecordedMethod method) {
    String[] parts = method.getType().getName().split("\\.", -1);
    StringBuilder joined = new StringBuilder(parts[0]);
    for (int i = 1; i < Math.min(3, parts.length - 1); i++) {
      joined.append('.').append(parts[i]);
    }
    return joined.toString();
  }

  private void print(int lines) {
    System.out.printf(
        Locale.ROOT,
        "%d samples, %.1f %% of them below a method of Isthmus%n",
        samples,
        100.0 * ours / samples);
    table("self, by package", selfPackages, samples, lines);
    table("self, by method", selfMethods, samples, lines);
    table("self, by method, below Isthmus only", oursMethods, samples, lines);
    table("within, by method", withinMethods, samples, 2 * lines);
    table("allocated, by class", allocated, octets, lines);
    table("allocating methods", allocating, octets, lines);
  }

  private static void table(String title, Map<String, Long> counts, long total, int lines) {
    System.out.printf("%n%s%n", title);
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(lines)
        .forEach(
            entry ->
                System.out.printf(
                    Locale.ROOT,
                    "%6.1f %%  %s%n",
                    100.0 * entry.getValue() / total,
                    entry.getKey()));
  }
}
