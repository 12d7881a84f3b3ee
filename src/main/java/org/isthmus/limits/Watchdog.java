// Looks after requests that take long: names them in the log, and ends those that take too long.
package org.isthmus.limits;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
import org.isthmus.exchange.Quoted;

/**
 * One thread for a web application of which a servlet or filter has set {@code isthmus.slow} or
 * {@code isthmus.timeout}.
 *
 * <p><b>Threading.</b> {@link #watch} and {@link #close} come from whoever deploys; all else
 * happens on the watchdog's own thread.
 */
public final class Watchdog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.app");
  private static final long SHORTEST_STEP = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(1);

  /** How long an interrupted request may take to end before it is named; or a second time limit. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final WatchedRequests requests;
  private final Thread thread;
  private final Map<WatchedRequest, Seen> seen = new WeakHashMap<>();
  private volatile long step = LONGEST_STEP;

  /** What has been said of a request. */
  private static final class Seen {
    private boolean slow;
    private boolean late;
    private boolean remaining;
  }

  private Watchdog(WatchedRequests requests, ClassLoader loader) {
    this.requests = requests;
    this.thread = new Thread(this::run, "isthmus-watchdog");
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
  }

  /**
   * Starts to watch.
   *
   * @param loader the web application's, by which containers find its log
   */
  public static Watchdog start(WatchedRequests requests, ClassLoader loader) {
    Watchdog watchdog = new Watchdog(requests, loader);
    watchdog.thread.start();
    return watchdog;
  }

  /** Looks often enough for these limits too. */
  public void watch(TimeLimits limits) {
    step = Math.min(step, Math.max(SHORTEST_STEP, limits.smallest() / 10));
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(step);
        requests.all().forEach(this::lookAfter);
      }
    } catch (InterruptedException e) {
      // The web application ends.
    }
  }

  /** A log that fails takes no time limit from the other requests, nor from later ones. */
  private void lookAfter(WatchedRequest request) {
    try {
      look(request);
    } catch (RuntimeException | Error e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void look(WatchedRequest request) {
    TimeLimits limits = request.limits;
    long age = System.nanoTime() - request.began;
    if (age < limits.smallest()) {
      return;
    }
    Seen said = seen.computeIfAbsent(request, key -> new Seen());
    if (said.late) {
      Duration patience = limits.timeout.compareTo(PATIENCE) < 0 ? limits.timeout : PATIENCE;
      if (!said.remaining && age - limits.timeout.toNanos() >= patience.toNanos()) {
        said.remaining = true;
        report(request, Rule.REQUEST_REMAINS, patience);
      }
    } else if (age >= limits.timeout.toNanos()) {
      said.late = true; // and no longer slow: one record says it all
      end(request);
    } else if (!said.slow) {
      said.slow = true;
      report(request, Rule.SLOW_REQUEST, limits.slow);
    }
  }

  private static void end(WatchedRequest request) {
    StackTraceElement[] stack = request.thread.getStackTrace();
    if (request.deadline.pass()) {
      Duration timeout = request.limits.timeout;
      log(System.Logger.Level.ERROR, request, Rule.TIMED_OUT, timeout, stack);
    }
  }

  private void report(WatchedRequest request, Rule rule, Duration time) {
    StackTraceElement[] stack = request.thread.getStackTrace();
    // Else it may be the stack of another request.
    if (requests.has(request)) {
      log(System.Logger.Level.WARNING, request, rule, time, stack);
    }
  }

  private static void log(
      System.Logger.Level level,
      WatchedRequest request,
      Rule rule,
      Duration time,
      StackTraceElement[] stack) {
    StringBuilder stacks = new StringBuilder("\nPython, the innermost call first:");
    request.pythonStack(stack).forEach(line -> stacks.append("\n  ").append(line));
    stacks.append("\nJava:");
    for (StackTraceElement frame : stack) {
      stacks.append("\n  at ").append(frame);
    }
    String message = rule.message(Seconds.text(time));
    LOG.log(level, message + " (" + request.description() + ")" + Quoted.lines("" + stacks));
  }
}
