// Watches for long requests: logs slow ones, and ends those that exceed their timeout.
package org.isthmus.timeouts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.SafeText;

/**
 * One thread for a web application of which a servlet or filter has set {@code isthmus.slow} or
 * {@code isthmus.timeout}.
 *
 * <p><b>Threading.</b> {@link #expect} and {@link #close} are called by threads that deploy, {@link
 * #begin} by the threads of requests; all else happens on the watchdog's own thread.
 */
public final class Watchdog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.app");
  private static final long SHORTEST_STEP = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(1);

  /**
   * How long an interrupted request may take to end before it is logged, unless the timeout is
   * less.
   */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Map<Thread, WatchedRequest> watches = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile long step = LONGEST_STEP;

  private Watchdog(ClassLoader loader) {
    this.thread = new Thread(this::run, "isthmus-watchdog");
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
  }

  /**
   * Starts to watch.
   *
   * @param loader the web application's, by which containers find its log
   */
  public static Watchdog start(ClassLoader loader) {
    Watchdog watchdog = new Watchdog(loader);
    watchdog.thread.start();
    return watchdog;
  }

  /** Checks often enough for these limits, too. */
  public void expect(TimeLimits limits) {
    step = Math.min(step, Math.max(SHORTEST_STEP, limits.smallest() / 10));
  }

  /**
   * Begins to watch a request, on its thread.
   *
   * @return to be closed when the request, or what is dispatched within one, has ended
   */
  public WatchedRequest begin(Exchange exchange, TimeLimits limits) {
    WatchedRequest outer = watches.get(Thread.currentThread());
    if (outer != null) {
      return outer.with(exchange);
    }
    WatchedRequest watch = new WatchedRequest(this, exchange, limits);
    watches.put(watch.thread, watch);
    return watch;
  }

  void end(WatchedRequest watch) {
    watches.remove(watch.thread);
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
        watches.values().forEach(this::checkSafely);
      }
    } catch (InterruptedException e) {
      // The web application ends.
    }
  }

  /** A failing log must not disable the time limits of other requests, or of later ones. */
  private void checkSafely(WatchedRequest request) {
    try {
      check(request);
    } catch (RuntimeException | Error e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void check(WatchedRequest request) {
    TimeLimits limits = request.limits;
    long age = System.nanoTime() - request.began;
    if (age < limits.smallest()) {
      return;
    }
    if (request.isLate) {
      Duration grace = limits.timeout.compareTo(GRACE) < 0 ? limits.timeout : GRACE;
      if (!request.remains && age - limits.timeout.toNanos() >= grace.toNanos()) {
        request.remains = true;
        report(request, Rule.REQUEST_REMAINS, grace);
      }
    } else if (age >= limits.timeout.toNanos()) {
      request.isLate = true; // the record of the timeout replaces the one of a slow request
      interrupt(request);
    } else if (!request.isSlow) {
      request.isSlow = true;
      report(request, Rule.SLOW_REQUEST, limits.slow);
    }
  }

  private static void interrupt(WatchedRequest request) {
    StackTraceElement[] stack = request.thread.getStackTrace();
    // Taken before pass(): afterwards the worker no longer runs this request.
    List<String> python = request.exchange.pythonStack(stack);
    if (request.deadline.pass()) {
      Duration timeout = request.limits.timeout;
      log(System.Logger.Level.ERROR, request, Rule.TIMED_OUT, timeout, stack, python);
    }
  }

  private void report(WatchedRequest request, Rule rule, Duration time) {
    StackTraceElement[] stack = request.thread.getStackTrace();
    List<String> python = request.exchange.pythonStack(stack);
    // Else it may be the stack of another request.
    if (watches.get(request.thread) == request) {
      log(System.Logger.Level.WARNING, request, rule, time, stack, python);
    }
  }

  private static void log(
      System.Logger.Level level,
      WatchedRequest request,
      Rule rule,
      Duration time,
      StackTraceElement[] stack,
      List<String> python) {
    StringBuilder stacks = new StringBuilder("\nPython, the innermost call first:");
    python.forEach(line -> stacks.append("\n  ").append(line));
    stacks.append("\nJava:");
    for (StackTraceElement frame : stack) {
      stacks.append("\n  at ").append(frame);
    }
    String message = rule.message(Seconds.text(time));
    LOG.log(level, message + " (" + request.description() + ")" + SafeText.lines("" + stacks));
  }
}
